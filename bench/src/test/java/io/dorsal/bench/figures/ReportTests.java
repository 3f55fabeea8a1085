package io.dorsal.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTests {

  private static Series series(String name, int seconds, long requests, Map<String, Use> parts) {
    var series = new Series(name);
    series.add(new Sample(1_000, Duration.ofSeconds(seconds), requests, 1_024_000, parts));
    return series;
  }

  private static Report report() {
    var parts = new LinkedHashMap<String, Use>();
    parts.put("worker", new Use(Duration.ofMillis(1_500), 200 * 1024));
    parts.put("store", new Use(Duration.ofMillis(250), 100 * 1024));
    return new Report(
        "scan",
        "A scan",
        series("bare", 1, 1_000, Map.of()),
        List.of(series("Dorsal", 2, 1_030, parts), series("peer", 40, 0, Map.of())),
        List.of("a note"));
  }

  @Test
  void tableShowsRatiosAndWhatEachProcessUsed() {
    String table = report().markdown();
    assertThat(table)
        .contains("| bare | 1.00 | 1000 | 1 |  |  | 1.000 | 1.0 |  | 1 |")
        .contains(
            "| Dorsal | 2.00 | 500 | 0.50 (0.50–0.50) |  | worker 1.500, store 0.250 | 1.030 |"
                + " 1.0 | worker 200, store 100 | 1 |")
        .contains("| peer | 40.00 | 25 | 0.0250 (0.0250–0.0250) | 20 (20–20) |  | – | 1.0 |  | 1 |")
        .endsWith("- a note\n");
  }

  @Test
  void everyRunIsThereForMachines() {
    Map<String, Object> json = report().json();
    assertThat(json).containsEntry("section", "scan").containsEntry("notes", List.of("a note"));
    assertThat(json.get("contestants"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .hasSize(3)
        .element(1)
        .asString()
        .contains("wall_ms=2000.0", "requests=1030", "worker={", "cpu_ms=1500");
  }
}
