package io.dorsal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class RedactorTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sv=2024-11-04&sp=rl&sig=MARKER%2B%3D&se=2027 | sv=2024-11-04&sp=rl&sig=***&se=2027",
        "?SIG=MARKER+/= | ?SIG=***",
        "se%3D2027%26sig%3DMARKER%252B | se%3D2027%26sig%3D***",
        "{sp=r, sig=MARKER, se=2027} | {sp=r, sig=***, se=2027}",
        "AccountName=whales;AccountKey=MARKER==;EndpointSuffix=x |"
            + " AccountName=whales;AccountKey=***;EndpointSuffix=x",
        "Endpoint=sb://b/;SharedAccessKeyName=n;SharedAccessKey=MARKER= |"
            + " Endpoint=sb://b/;SharedAccessKeyName=n;SharedAccessKey=***",
        "BlobEndpoint=b;SharedAccessSignature=sv=1&sig=MARKER&se=2 |"
            + " BlobEndpoint=b;SharedAccessSignature=***",
        "SharedAccessSignature sr=b&sig=MARKER&se=1 | SharedAccessSignature ***",
        "Authorization: Bearer MARKER.a.b | Authorization: ***",
        "authorization=SharedKey whales:MARKER= | authorization=***",
        "Authorization=[Bearer MARKER12], Date=[x] | Authorization=[***], Date=[x]",
        "the token Bearer MARKER-1234 was refused | the token Bearer *** was refused",
        "SharedKey whales:MARKER= | SharedKey whales:***",
        "GET https://whales.blob.core.windows.net/c/a%20b.jpg?sv=1&sig=MARKER 403 | GET"
            + " https://whales.blob.core.windows.net/c/a%20b.jpg 403",
        "<http://127.0.0.1:1/source/c?comp=list&prefix=MARKER> | <http://127.0.0.1:1/source/c>",
        "client_secret=MARKER&grant=x | client_secret=***&grant=x",
        "jdbc:postgresql://h/d?user=u&password=MARKER | jdbc:postgresql://h/d?user=u&password=***",
      })
  void secretsBecomeStars(String text, String expected) {
    assertThat(Redactor.redact(text)).isEqualTo(expected).doesNotContain("MARKER");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Paste the whole SAS token, from its first parameter to the end of sig.",
        "Create the SAS token with the Blob service selected (ss=b).",
        "The request carries no Authorization header.",
        "Scanned 50000/132565 files (37.7%) rate=210.0/s eta=6m33s scan=1 failed=0",
        "{\"secret_set\":true,\"secret_version\":3,\"secret_fingerprint\":\"0a1b2c3d\"}",
        "design=blue&bigsig=1",
        "https://whales.blob.core.windows.net/photos/2024/a.jpg",
        "really? see https://whales.blob.core.windows.net/photos",
      })
  void everythingElseStays(String text) {
    assertThat(Redactor.redact(text)).isEqualTo(text);
  }

  @Test
  void jsonStaysJson() {
    var mapper = JsonMapper.shared();
    String inner = mapper.writeValueAsString(Map.of("sig", "MARKER", "Authorization", "B MARKER"));
    String json =
        mapper.writeValueAsString(
            Map.of(
                "a", inner,
                "sig", "MARKER",
                "secret", "MARKER x",
                "url", "https://h/c?sig=MARKER",
                "Authorization", "Bearer MARKER",
                "z", List.of("sig=MARKER\"quoted")));
    String clean = Redactor.redact(json);
    assertThat(clean).doesNotContain("MARKER");
    assertThat(mapper.readTree(clean).path("url").asString()).isEqualTo("https://h/c");
    assertThat(mapper.readTree(clean).path("z").get(0).asString()).isEqualTo("sig=***\"quoted");
  }

  @Test
  void reachesEveryTextOfAStructure() {
    Object clean =
        Redactor.redact((Object) Map.of("fields", List.of(Map.of("m", "sig=MARKER")), "n", 1));
    assertThat(clean).isEqualTo(Map.of("fields", List.of(Map.of("m", "sig=***")), "n", 1));
  }

  /** A pasted megabyte must not hold a thread. */
  @Test
  void longTextTakesNoTime() {
    String text =
        "sig".repeat(100_000) + "https://?".repeat(50_000) + "authorization ".repeat(9_000);
    long begin = System.nanoTime();
    Redactor.redact(text);
    assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
  }

  @Test
  void logLinesAreWrittenWithoutSecretsOfMessageArgumentsContextAndException() {
    var context = new LoggerContext();
    var encoder = new RedactingEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg [%X{where}] %n%ex");
    encoder.start();
    var failure =
        new IllegalStateException("GET http://h/c?sig=MARKER", new RuntimeException("sig=MARKER"));
    var event =
        new LoggingEvent(
            "x",
            context.getLogger("a"),
            Level.ERROR,
            "sig=MARKER {} {}",
            failure,
            new Object[] {"AccountKey=MARKER", "plain"});
    event.setMDCPropertyMap(Map.of("where", "Authorization: MARKER"));
    String line = new String(encoder.encode(event), StandardCharsets.UTF_8);
    assertThat(line)
        .doesNotContain("MARKER")
        .contains("sig=*** AccountKey=*** plain")
        .contains("java.lang.IllegalStateException: GET http://h/c")
        .contains("Caused by: java.lang.RuntimeException: sig=***");
  }

  @Test
  void nullIsNoSecretAndStaysJson() {
    String json = "{\"secret\":null,\"password\": null}";
    assertThat(Redactor.redact(json)).isEqualTo(json);
    assertThat(Redactor.redact("{\"secret\":\"null-and-void\"}")).doesNotContain("void");
  }
}
