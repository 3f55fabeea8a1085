package io.dorsal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServerChoiceTests {

  @Test
  void engineThatAnswersIsUsedUnlessForbidden() {
    assertThat(ServerChoice.of(null, () -> true)).isEqualTo(ServerChoice.DOCKER);
    assertThat(ServerChoice.of("docker", () -> true)).isEqualTo(ServerChoice.DOCKER);
    assertThat(ServerChoice.of("embedded", () -> true)).isEqualTo(ServerChoice.EMBEDDED);
  }

  @Test
  void withoutAnEngineServersAreEmbedded() {
    assertThat(ServerChoice.of(null, () -> false)).isEqualTo(ServerChoice.EMBEDDED);
  }

  @Test
  void nobodyLooksForAnEngineThatIsNotWanted() {
    boolean[] asked = {false};
    ServerChoice.of("embedded", () -> asked[0] = true);
    assertThat(asked[0]).isFalse();
  }

  @Test
  void wishThatCannotBeFulfilledIsNoReasonToTestSomethingElse() {
    assertThatThrownBy(() -> ServerChoice.of("docker", () -> false))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ServerChoice.of("podman", () -> true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
