package io.dorsal.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessesTests {

  /** As proc(5) has it: a name with blanks and a bracket, 7 s own time, 3 s of ended children. */
  private static final String STAT =
      "42 (a (b) c) S 1 42 42 0 -1 4194304 100 200 0 0 500 200 100 200 20 0 9 0 1 2 3";

  @Test
  void timesAreThoseBehindTheName() {
    assertThat(Processes.ticks(STAT, 11)).isEqualTo(Duration.ofSeconds(7));
    assertThat(Processes.ticks(STAT, 13)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void processThatIsGoneUsedNothing() {
    assertThat(Processes.ticks("", 11)).isEqualTo(Duration.ZERO);
    assertThat(Processes.peakKib("")).isZero();
  }

  @Test
  void peakIsTheHighWaterMark() {
    assertThat(Processes.peakKib("VmPeak:\t 900 kB\nVmHWM:\t  512 kB\nVmRSS:\t 400 kB\n"))
        .isEqualTo(512);
  }
}
