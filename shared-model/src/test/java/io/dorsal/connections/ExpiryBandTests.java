package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryBandTests {

  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PT0S, EXPIRED, 0",
    "PT-1H, EXPIRED, 0",
    "PT-25H, EXPIRED, -1",
    "PT0.001S, 1, 1",
    "PT24H, 1, 1",
    "PT24H0.001S, 7, 2",
    "PT168H, 7, 7",
    "PT168H1S, 30, 8",
    "PT720H, 30, 30",
    "PT720H1S, LATER, 31",
  })
  void theTightestBandHolds(Duration left, String band, long days) {
    Instant end = NOW.plus(left);
    assertThat(ExpiryBand.of(end, NOW).label()).isEqualTo(band);
    assertThat(ExpiryBand.daysLeft(end, NOW)).isEqualTo(days);
  }
}
