package io.dorsal.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTests {

  private static final Machine MACHINE = new Machine(2, "a CPU", "4 kB", "a kernel", "a JDK");

  private static Report report(String section, String title) {
    return new Report(
        section,
        title,
        SeriesTests.of("bare", 100, 100),
        List.of(SeriesTests.of("Dorsal", 200)),
        List.of());
  }

  @Test
  void newRunReplacesItsOwnSectionOnly(@TempDir Path folder) throws Exception {
    Path document = folder.resolve("RESULTS.md");
    var results = new Results(document, folder.resolve("runs"));
    results.keep(report("scan, stub", "Old scan"), MACHINE, LocalDate.of(2026, 11, 1));
    results.keep(report("list, stub", "A listing"), MACHINE, LocalDate.of(2026, 11, 2));
    String listing = section(document, "list, stub");
    results.keep(report("scan, stub", "New scan"), MACHINE, LocalDate.of(2026, 11, 3));
    assertThat(section(document, "list, stub")).isEqualTo(listing).contains("A listing");
    assertThat(Files.readString(document))
        .contains("New scan", "2026-11-03, 2 cores (a CPU), memory 4 kB, a kernel, a JDK.")
        .doesNotContain("Old scan")
        .containsOnlyOnce("# Last results");
  }

  private static String section(Path document, String name) throws Exception {
    String[] sections = Files.readString(document).split("(?m)^## ", -1);
    return java.util.Arrays.stream(sections)
        .filter(section -> section.startsWith(name))
        .findFirst()
        .orElseThrow()
        .strip();
  }

  @Test
  void runIsKeptAsJsonAndMarkdown(@TempDir Path folder) throws Exception {
    var results = new Results(folder.resolve("RESULTS.md"), folder.resolve("runs"));
    results.keep(report("scan, stub with 50 ms", "A scan"), MACHINE, LocalDate.of(2026, 11, 1));
    assertThat(Files.readString(folder.resolve("runs/scan-stub-with-50-ms.md")))
        .startsWith("### A scan");
    assertThat(Files.readString(folder.resolve("runs/scan-stub-with-50-ms.json")))
        .contains("\"kernel\" : \"a kernel\"", "\"date\" : \"2026-11-01\"", "\"wall_ms\" : 200.0");
  }
}
