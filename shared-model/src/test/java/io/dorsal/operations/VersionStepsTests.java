package io.dorsal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.operations.VersionSteps.Known;
import io.dorsal.operations.VersionSteps.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionStepsTests {

  private static final Step NAME = new Step(3, 4, List.of("name"));
  private static final Step ZONE = new Step(4, 5, List.of("zone"));

  @Test
  void stepsThatFollowEachOtherAreTheWholeWay() {
    assertThat(VersionSteps.known(List.of(NAME, ZONE), 3, 5))
        .isEqualTo(new Known(List.of("name", "zone"), true));
    assertThat(VersionSteps.known(List.of(ZONE), 4, 5)).isEqualTo(new Known(List.of("zone"), true));
  }

  @Test
  void aChangeThatKeptNoneMakesAGap() {
    var later = new Step(6, 7, List.of("place"));
    assertThat(VersionSteps.known(List.of(NAME, later), 3, 7))
        .isEqualTo(new Known(List.of("name", "place"), false));
    assertThat(VersionSteps.known(List.of(NAME), 3, 6).whole()).isFalse();
    assertThat(VersionSteps.known(List.of(NAME), 2, 4).whole()).isFalse();
    assertThat(VersionSteps.known(List.of(), 3, 4)).isEqualTo(new Known(List.of(), false));
  }

  @Test
  void whoLookedAgainAfterTheNextChangeClosesNoGapAndMakesNone() {
    var both = new Step(3, 5, List.of("name", "zone"));
    assertThat(VersionSteps.known(List.of(both, ZONE), 3, 5))
        .isEqualTo(new Known(List.of("name", "zone"), true));
  }

  @Test
  void aTagThatNoRecordHasIsFollowedByUnknownChanges() {
    assertThat(VersionSteps.known(List.of(NAME), -1, 4).whole()).isFalse();
  }
}
