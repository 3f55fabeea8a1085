package io.dorsal.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The last results: {@code RESULTS.md} with a section for each bench, of which a new run replaces
 * its own only, and beside the build the figures of every run as JSON and Markdown.
 */
public final class Results {

  private static final String HEAD =
      """
      # Last results

      Written by `./dorsal bench`: a run replaces its own section. Ratios are medians of runs in turn, with the least and
      the largest; they compare what ran beside each other on one machine and say nothing across machines.
      """;
  private static final String SECTION = "## ";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path document;
  private final Path runs;

  /**
   * @param document {@code RESULTS.md}
   * @param runs the folder for each run's own files
   */
  public Results(Path document, Path runs) {
    this.document = document;
    this.runs = runs;
  }

  /** Keeps a report. */
  public void keep(Report report, Machine machine, LocalDate date) throws IOException {
    Map<String, String> sections = new TreeMap<>();
    if (Files.exists(document)) {
      sections.putAll(sections(Files.readString(document)));
    }
    sections.put(
        report.section(), "\n%s, %s.\n\n%s\n".formatted(date, machine.line(), report.markdown()));
    var all = new StringBuilder(HEAD);
    sections.forEach(
        (name, text) ->
            all.append('\n')
                .append(SECTION)
                .append(name)
                .append('\n')
                .append(text.stripTrailing())
                .append('\n'));
    Files.writeString(document, all);
    Files.createDirectories(runs);
    String name = report.section().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    Files.writeString(runs.resolve(name + ".md"), report.markdown());
    var json = new LinkedHashMap<String, Object>(report.json());
    json.put("machine", machine);
    json.put("date", date.toString());
    Files.writeString(runs.resolve(name + ".json"), JSON.writeValueAsString(json) + "\n");
  }

  private static Map<String, String> sections(String text) {
    Map<String, String> sections = new LinkedHashMap<>();
    String[] parts = text.split("(?m)^" + SECTION, -1);
    for (int i = 1; i < parts.length; i++) {
      int end = parts[i].indexOf('\n');
      sections.put(parts[i].substring(0, end).strip(), parts[i].substring(end + 1));
    }
    return sections;
  }
}
