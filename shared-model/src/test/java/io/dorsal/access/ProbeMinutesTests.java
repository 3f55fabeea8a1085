package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** 40 §7: 300 calls for health a minute and address, counted without a store. */
class ProbeMinutesTests {

  private static final int LIMIT = 300;

  private Instant now = Instant.parse("2026-11-29T10:00:00Z");
  private final ProbeMinutes minutes =
      new ProbeMinutes(((InstantSource) () -> now).withZone(ZoneOffset.UTC));

  @Test
  void theLimitHoldsInAnySixtySecondsAndForOneAddress() {
    for (int left = LIMIT - 1; left >= 0; left--) {
      assertThat(minutes.admit("a", LIMIT).remaining()).isEqualTo(left);
    }
    now = now.plusSeconds(60);
    assertThatExceptionOfType(RateLimitedException.class)
        .isThrownBy(() -> minutes.admit("a", LIMIT))
        .satisfies(
            e -> {
              assertThat(e.details()).containsEntry("dimension", "ADDRESS");
              assertThat(e.retryAfter()).isEqualTo(1);
              assertThat(e.budget().reset()).isEqualTo(now.getEpochSecond() + 1);
            });
    assertThat(minutes.admit("b", LIMIT).remaining()).isEqualTo(LIMIT - 1);
    now = now.plusSeconds(1);
    assertThat(minutes.admit("a", LIMIT).remaining()).isEqualTo(LIMIT - 1);
  }
}
