package io.dorsal.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CopiedRowsTests {

  private static final String SAID = "Timing is on.\nCOPY 1872\nTime: 61.042 ms\n";

  @Test
  void rowsAndTimeAreThoseThatPsqlTells() {
    assertThat(CopiedRows.copied(SAID)).isEqualTo(1_872);
    assertThat(CopiedRows.time(SAID)).isEqualTo(Duration.ofNanos(61_042_000));
  }

  @Test
  void whatIsNotToldIsNotMadeUp() {
    assertThatThrownBy(() -> CopiedRows.time("COPY 3\n")).hasMessage("psql said: COPY 3\n");
  }
}
