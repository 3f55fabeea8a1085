package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTests {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final byte[] BODY = "{\"type\":\"user.created\"}".getBytes(StandardCharsets.UTF_8);
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);

  private static WebhookSignature signed(String secret, long time) {
    String header = "t=" + time + ",v1=" + WebhookSignature.of(secret, time, BODY);
    return Objects.requireNonNull(WebhookSignature.parse(header));
  }

  @Test
  void isHmacOfTimeDotAndBody() {
    assertThat(WebhookSignature.of(SECRET, 7, BODY))
        .hasSize(64)
        .isEqualTo(WebhookSignature.of(SECRET, 7, BODY.clone()))
        .isNotEqualTo(WebhookSignature.of(SECRET, 8, BODY));
  }

  // The value is that of: printf '7.{"type":"user.created"}' | openssl dgst -sha256 -hmac $SECRET
  @Test
  void isWhatAReceiverComputesByOtherMeans() {
    assertThat(WebhookSignature.of(SECRET, 7, BODY))
        .isEqualTo("6587c45f35ed92ee05b39e51ef8c35db054f4bf858ce6f1cb9786e38b360d261");
  }

  @Test
  void everySecretSignsAndTheHeaderIsReadBack() {
    var signed = WebhookSignature.by(List.of(SECRET, "old"), NOW, BODY);
    assertThat(signed.header())
        .isEqualTo(
            "t=1800000000,v1="
                + WebhookSignature.of(SECRET, NOW.getEpochSecond(), BODY)
                + ",v1="
                + WebhookSignature.of("old", NOW.getEpochSecond(), BODY));
    var read = Objects.requireNonNull(WebhookSignature.parse(signed.header()));
    assertThat(read).isEqualTo(signed);
    assertThat(read.proves(BODY, List.of("old"), NOW)).isTrue();
    assertThat(read.proves(BODY, List.of("another"), NOW)).isFalse();
  }

  // 40-9
  @Test
  void holdsForThreeHundredSecondsEitherWay() {
    long time = NOW.getEpochSecond();
    for (long off : List.of(-300L, 0L, 300L)) {
      assertThat(signed(SECRET, time + off).proves(BODY, List.of(SECRET), NOW)).isTrue();
    }
    for (long off : List.of(-301L, 301L)) {
      assertThat(signed(SECRET, time + off).proves(BODY, List.of(SECRET), NOW)).isFalse();
    }
  }

  @Test
  void eitherSecretWillDoWhileTheyAreChanged() {
    long time = NOW.getEpochSecond();
    assertThat(signed("old", time).proves(BODY, List.of(SECRET, "old"), NOW)).isTrue();
    assertThat(signed("older", time).proves(BODY, List.of(SECRET, "old"), NOW)).isFalse();
    assertThat(
            signed(SECRET, time)
                .proves("other".getBytes(StandardCharsets.UTF_8), List.of(SECRET), NOW))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t=1",
        "v1=00",
        "t=x,v1=0000000000000000000000000000000000000000000000000000000000000000",
        "t=1,t=2,v1=0000000000000000000000000000000000000000000000000000000000000000",
        "t=1,v0=0000000000000000000000000000000000000000000000000000000000000000",
      })
  void otherFormsAreNone(String header) {
    assertThat(WebhookSignature.parse(header)).isNull();
  }
}
