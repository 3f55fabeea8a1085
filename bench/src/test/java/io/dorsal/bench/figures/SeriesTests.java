package io.dorsal.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeriesTests {

  /** One file, in so many milliseconds. */
  static Series of(String name, int... millis) {
    var series = new Series(name);
    for (int each : millis) {
      series.add(new Sample(1, Duration.ofMillis(each), 0, 0, Map.of()));
    }
    return series;
  }

  @Test
  void middleOfAnOddNumberOfRunsIsOneOfThem() {
    var spread = of("a", 300, 100, 200).of(sample -> sample.wall().toMillis());
    assertThat(spread).isEqualTo(new Series.Spread(100, 200, 300));
  }

  @Test
  void middleOfAnEvenNumberLiesBetweenTwo() {
    var spread = of("a", 400, 100, 200, 300).of(sample -> sample.wall().toMillis());
    assertThat(spread).isEqualTo(new Series.Spread(100, 250, 400));
  }

  @Test
  void ratesAreComparedRunByRun() {
    // Twice as slow both times, while the machine itself got slower.
    var spread = of("a", 200, 2_000).against(of("ceiling", 100, 1_000));
    assertThat(spread).isEqualTo(new Series.Spread(0.5, 0.5, 0.5));
  }

  @Test
  void ceilingThatRanFirstAndLastIsTakenFromBothSides() {
    // 10/s before, 30/s after: 20/s beside it.
    var ceiling = new Series("ceiling");
    ceiling.add(new Sample(10, Duration.ofSeconds(1), 0, 0, Map.of()));
    ceiling.add(new Sample(30, Duration.ofSeconds(1), 0, 0, Map.of()));
    var one = new Series("a");
    one.add(new Sample(5, Duration.ofSeconds(1), 0, 0, Map.of()));
    assertThat(one.against(ceiling).middle()).isEqualTo(0.25);
  }
}
