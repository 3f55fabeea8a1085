package io.dorsal.bench.figures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One table of a bench: a row per contestant, each compared with the ceiling, which is the first.
 */
public final class Report {

  private final String title;
  private final List<Series> contestants;

  /**
   * @param contestants the ceiling first
   */
  public Report(String title, List<Series> contestants) {
    this.title = title;
    this.contestants = List.copyOf(contestants);
  }

  /** A Markdown table. */
  public String markdown() {
    var table = new StringBuilder("### " + title + "\n\n");
    table.append("| who | files/s | against the ceiling (min–max) | CPU ms/file |");
    table.append(" requests/file | MiB read | peak RSS MiB | runs |\n");
    table.append("|---|---|---|---|---|---|---|---|\n");
    for (Series who : contestants) {
      Series.Spread ratio = who.against(contestants.getFirst());
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.0f | %.2f (%.2f–%.2f) | %.2f | %.3f | %.0f | %.0f | %d |%n",
              who.name(),
              who.of(Sample::rate).middle(),
              ratio.middle(),
              ratio.least(),
              ratio.largest(),
              who.of(s -> s.cpu().toNanos() / 1e6 / s.files()).middle(),
              who.of(s -> (double) s.requests() / s.files()).middle(),
              who.of(s -> s.bytes() / 1048576.0).middle(),
              who.of(s -> s.peakKib() / 1024.0).middle(),
              who.samples().size()));
    }
    return table.toString();
  }

  /** The same for machines, every run by itself. */
  public Map<String, Object> json() {
    List<Object> rows = new ArrayList<>();
    for (Series who : contestants) {
      var row = new LinkedHashMap<String, Object>();
      row.put("name", who.name());
      row.put("ratio", who.against(contestants.getFirst()));
      row.put("runs", who.samples().stream().map(Report::run).toList());
      rows.add(row);
    }
    return Map.of("title", title, "contestants", rows);
  }

  private static Map<String, Object> run(Sample sample) {
    var run = new LinkedHashMap<String, Object>();
    run.put("files", sample.files());
    run.put("wall_ms", sample.wall().toMillis());
    run.put("cpu_ms", sample.cpu().toMillis());
    run.put("requests", sample.requests());
    run.put("bytes", sample.bytes());
    run.put("peak_rss_kib", sample.peakKib());
    return run;
  }
}
