package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init")
class ReadLinksTests {

  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final Credential KEY =
      new Credential.AccountKey(
          "whales",
          Base64.getEncoder()
              .encodeToString(
                  "MARKER-K".repeat(8).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
          null);

  @TempDir Path folder;
  private Instant now = START;

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  private ReadLink link(String profile, Credential credential, String blob) {
    var settings =
        new ConnectionSettings(profile, folder.resolve("key"), List.of(), Duration.ofSeconds(1));
    var access =
        new BlobAccess(
            new ConnectionSecrets(
                new SecretVault(List.of(new KeyFile(settings.keyFile()))),
                _ -> new byte[32],
                new KeyPartFiles(settings.keyFile())),
            settings,
            null,
            BlobAccess.http(settings.storageTimeout()));
    return new ReadLinks(access, settings, clock).to(connection(), credential, "photos", blob);
  }

  private static Connection connection() {
    return new Connection(
        UUID.randomUUID(),
        0,
        UUID.randomUUID(),
        "A",
        "a",
        ConnectionKind.AZURE_BLOB,
        AuthType.CONNECTION_STRING,
        "whales",
        "https://whales.blob.core.windows.net",
        List.of(),
        ConnectionStatus.OK,
        null,
        null,
        1,
        "",
        new byte[0],
        new byte[0],
        "",
        Capabilities.UNKNOWN,
        null,
        null,
        "ann",
        START,
        START,
        null);
  }

  private static SasToken token(String url) {
    return SasToken.parse(url);
  }

  @ParameterizedTest
  @CsvSource({"azure, https", "local, 'https,http'"})
  void aTokenIsForOneBlobToReadForAnHour(String profile, String protocol) {
    String url = link(profile, KEY, "2024/a b é#?.jpg").get();
    assertThat(URI.create(url).getRawPath()).isEqualTo("/photos/2024%2Fa%20b%20%C3%A9%23%3F.jpg");
    var said = token(url).parameters();
    assertThat(said)
        .containsEntry("sr", "b")
        .containsEntry("sp", "r")
        .containsEntry("spr", protocol)
        .containsEntry("st", "2026-11-21T09:55:00Z")
        .containsEntry("se", "2026-11-21T11:00:00Z")
        .doesNotContainKey("sip");
  }

  @Test
  void itIsMadeAnewWhenLessThanAQuarterOfAnHourIsLeft() {
    ReadLink link = link("azure", KEY, "a.jpg");
    String first = link.get();
    now = START.plus(Duration.ofMinutes(45));
    assertThat(link.get()).isEqualTo(first);
    now = now.plusMillis(1_000);
    String second = link.get();
    assertThat(token(second).parameters()).containsEntry("se", "2026-11-21T11:45:01Z");
    assertThat(link.get()).isEqualTo(second);
    now = now.plusSeconds(1);
    assertThat(link.renewed()).isTrue();
    assertThat(link.get()).isNotEqualTo(second);
  }

  @Test
  void eachBlobHasItsOwn() {
    String one = link("azure", KEY, "a.jpg").get();
    String two = link("azure", KEY, "b.jpg").get();
    assertThat(one.replaceFirst(".*sig=", "")).isNotEqualTo(two.replaceFirst(".*sig=", ""));
  }

  @Test
  void aGivenTokenIsAppendedAsItIs() {
    String text = "sv=2024-11-04&sr=c&sp=rl&se=2026-11-21T10:05:00Z&sig=MARKER";
    ReadLink link = link("azure", new Credential.Sas(SasToken.parse(text)), "a.jpg");
    assertThat(link.get()).isEqualTo("https://whales.blob.core.windows.net/photos/a.jpg?" + text);
    assertThat(link.renewed()).isFalse();
    assertThat(link.toString()).doesNotContain("MARKER").doesNotContain("http");
  }
}
