package io.dorsal.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockCommandTests {

  @Test
  void aShiftIsDaysHoursOrMinutes() {
    assertThat(ClockCommand.parsed("+29d")).isEqualTo(Duration.ofDays(29));
    assertThat(ClockCommand.parsed("3h")).isEqualTo(Duration.ofHours(3));
    assertThat(ClockCommand.parsed("+90m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(ClockCommand.parsed("0")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "29", "-1d", "1w", "+d", "1.5h"})
  void whatIsNoShiftIsSaid(String shift) {
    assertThatThrownBy(() -> ClockCommand.parsed(shift)).hasMessageContaining("+29d");
  }
}
