package io.dorsal.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTests {

  private final List<String> ran = new ArrayList<>();

  private Rounds.Contestant who(String name) {
    return () -> {
      ran.add(name);
      return new Sample(1, Duration.ofSeconds(1), 0, 0, Map.of());
    };
  }

  @Test
  void everybodyRunsInTurnAndTheCeilingFirstAndLast() throws Exception {
    Report report =
        new Rounds("ceiling", who("ceiling"))
            .add("Dorsal", who("Dorsal"))
            .add("peer", who("peer"))
            .run("section", "title", 2);
    assertThat(ran)
        .containsExactly("ceiling", "Dorsal", "peer", "ceiling", "Dorsal", "peer", "ceiling");
    assertThat(report.ceiling().samples()).hasSize(3);
    assertThat(report.contestants()).extracting(Series::name).containsExactly("Dorsal", "peer");
  }

  @Test
  void warmUpLeavesNoFigure() throws Exception {
    Report report =
        new Rounds("ceiling", who("ceiling"))
            .add("Dorsal", who("Dorsal"))
            .warmUp(1)
            .run("section", "title", 1);
    assertThat(ran).hasSize(5);
    assertThat(report.contestants().getFirst().samples()).hasSize(1);
  }

  @Test
  void whoHasMoreToCompileRunsMoreOftenBefore() throws Exception {
    new Rounds("ceiling", who("ceiling"))
        .add("Dorsal", who("Dorsal"))
        .warmUp(3, 1)
        .run("section", "title", 1);
    assertThat(ran)
        .containsExactly("ceiling", "Dorsal", "ceiling", "ceiling", "ceiling", "Dorsal", "ceiling");
  }
}
