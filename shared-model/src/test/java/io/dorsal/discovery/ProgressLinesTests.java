package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLinesTests {

  private static final UUID SCAN = new UUID(7, 9);
  private static final ScanPartition SIXTH = new ScanPartition(SCAN, 6, 50_001, 60_000, 14, false);

  @Test
  void writesTheLineOfTheSpecification() {
    assertThat(lines(49_500, 50_000, 132_565, 142.6))
        .containsExactly(
            "Scanned 50000/132565 files (37.7%) rate=142.6/s eta=9m39s scan="
                + SCAN
                + " partition=6/14 unreadable=12");
  }

  @Test
  void writesEachMultipleOnceAndTheExactEnd() {
    assertThat(totals(0, 499, 1_234)).isEmpty();
    assertThat(totals(499, 999, 1_234)).containsExactly(500);
    assertThat(totals(400, 1_700, 2_000)).containsExactly(500, 1_000, 1_500);
    assertThat(totals(999, 1_234, 1_234)).containsExactly(1_000, 1_234);
    assertThat(totals(500, 1_000, 1_000)).containsExactly(1_000);
    assertThat(totals(0, 3, 3)).containsExactly(3);
  }

  @ParameterizedTest
  @CsvSource({
    "400, 100.0, 4s",
    "400, 7.5, 54s",
    "400, 1.0, 6m40s",
    "400, 0.1, 1h06m",
    "0, 1.0, 0s",
    "59, 1.0, 59s",
    "60, 1.0, 1m00s",
    "3599, 1.0, 59m59s",
    "3600, 1.0, 1h00m",
    "400000, 1.0, 111h06m",
    "400, 0.0, unknown",
  })
  void estimatesInTheLargestTwoUnits(long left, double rate, String eta) {
    assertThat(ProgressLines.eta(left, new ProgressLines.Rate(rate, true))).isEqualTo(eta);
    assertThat(ProgressLines.eta(left, new ProgressLines.Rate(rate, false))).isEqualTo("unknown");
  }

  @Test
  void rateIsOfTheLastMinuteAndTheEstimateWaitsTenSeconds() {
    var progress = new ProgressLines();
    assertThat(rate(progress, 0, 0)).isEqualTo(new ProgressLines.Rate(0, false));
    assertThat(rate(progress, 5, 500)).isEqualTo(new ProgressLines.Rate(100, false));
    assertThat(rate(progress, 10, 1_000)).isEqualTo(new ProgressLines.Rate(100, true));
    assertThat(rate(progress, 60, 1_600).perSecond()).isCloseTo(1_600 / 60.0, within());
    assertThat(rate(progress, 70, 1_610).perSecond()).isCloseTo(610 / 60.0, within());
    assertThat(rate(progress, 500, 2_010).perSecond()).isCloseTo(400 / 430.0, within());
  }

  @Test
  void scansAreWatchedApart() {
    var progress = new ProgressLines();
    progress.observe(SCAN, 0, 0);
    progress.observe(new UUID(1, 1), 90_000, nanos(5));
    assertThat(rate(progress, 10, 1_000)).isEqualTo(new ProgressLines.Rate(100, true));
    // An hour later the other one has ended somewhere else and begins anew here.
    rate(progress, 4_000, 1_000);
    assertThat(progress.observe(new UUID(1, 1), 95_000, nanos(4_001)).settled()).isFalse();
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(0.001);
  }

  private static ProgressLines.Rate rate(ProgressLines progress, long seconds, long total) {
    return progress.observe(SCAN, total, nanos(seconds));
  }

  private static long nanos(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private static List<Integer> totals(long before, long after, long total) {
    return lines(before, after, total, 1).stream()
        .map(line -> Integer.valueOf(line.replaceAll("Scanned (\\d+)/.*", "$1")))
        .toList();
  }

  private static List<String> lines(long before, long after, long total, double rate) {
    return ProgressLines.lines(
        new ProgressLines.Step(
            SCAN, SIXTH, before, after, total, 12, new ProgressLines.Rate(rate, true)));
  }
}
