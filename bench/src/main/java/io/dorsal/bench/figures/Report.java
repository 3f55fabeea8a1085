package io.dorsal.bench.figures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * One table of a bench: the ceiling, Dorsal and its peers. Immutable once all runs are made.
 *
 * @param section where the results are kept
 * @param contestants Dorsal first
 * @param notes lines below the table
 */
public record Report(
    String section, String title, Series ceiling, List<Series> contestants, List<String> notes) {

  public Report {
    contestants = List.copyOf(contestants);
    notes = List.copyOf(notes);
  }

  /** The same with one more line below the table. */
  public Report with(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new Report(section, title, ceiling, contestants, more);
  }

  /** A Markdown table with its title, ratios as median (least–largest). */
  public String markdown() {
    var table = new StringBuilder("### " + title + "\n\n");
    table.append("| who | seconds | per second | of the ceiling | Dorsal is × as fast |");
    table.append(" CPU ms/file | requests/file | KiB/file | peak RSS MiB | runs |\n");
    table.append("|---|---|---|---|---|---|---|---|---|---|\n");
    table.append(row(ceiling));
    contestants.forEach(who -> table.append(row(who)));
    if (!notes.isEmpty()) {
      table.append('\n');
      notes.forEach(note -> table.append("- ").append(note).append('\n'));
    }
    return table.toString();
  }

  private String row(Series who) {
    Series dorsal = contestants.getFirst();
    boolean ahead = who == dorsal || who == ceiling;
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.0f | %s | %s | %s | %s | %s | %s | %d |%n",
        who.name(),
        who.of(s -> s.wall().toNanos() / 1e9).middle(),
        who.of(Sample::rate).middle(),
        who == ceiling ? "1" : ratio(who.against(ceiling)),
        ahead ? "" : ratio(dorsal.against(who)),
        parts(who, Sample::cpuMillis, "%s %.3f"),
        figure("%.3f", who.of(s -> (double) s.requests() / s.files()).middle()),
        figure("%.1f", who.of(s -> s.bytes() / 1024.0 / s.files()).middle()),
        parts(who, Sample::peakMib, "%s %.0f"),
        who.samples().size());
  }

  private static String ratio(Series.Spread ratio) {
    String digits = ratio.middle() < 0.1 ? "%.4f" : ratio.middle() < 10 ? "%.2f" : "%.0f";
    return String.format(
        Locale.ROOT,
        "%s (%s–%s)".replace("%s", digits),
        ratio.middle(),
        ratio.least(),
        ratio.largest());
  }

  private static String figure(String format, double value) {
    return value == 0 ? "–" : String.format(Locale.ROOT, format, value);
  }

  private static String parts(
      Series who, BiFunction<Sample, String, Double> figure, String format) {
    Set<String> names = new LinkedHashSet<>();
    who.samples().forEach(sample -> names.addAll(sample.parts().keySet()));
    return names.stream()
        .map(
            name ->
                String.format(
                    Locale.ROOT,
                    format,
                    name,
                    who.of(sample -> figure.apply(sample, name)).middle()))
        .collect(Collectors.joining(", "));
  }

  /** The same for machines, every run by itself. */
  public Map<String, Object> json() {
    List<Object> rows = new ArrayList<>();
    rows.add(json(ceiling));
    contestants.forEach(who -> rows.add(json(who)));
    var report = new LinkedHashMap<String, Object>();
    report.put("section", section);
    report.put("title", title);
    report.put("contestants", rows);
    report.put("notes", notes);
    return report;
  }

  private Map<String, Object> json(Series who) {
    var row = new LinkedHashMap<String, Object>();
    row.put("name", who.name());
    if (who != ceiling) {
      row.put("of_the_ceiling", who.against(ceiling));
      row.put("dorsal_is_times_as_fast", contestants.getFirst().against(who));
    }
    row.put("runs", who.samples().stream().map(Report::run).toList());
    return row;
  }

  private static Map<String, Object> run(Sample sample) {
    var run = new LinkedHashMap<String, Object>();
    run.put("files", sample.files());
    run.put("wall_ms", sample.wall().toNanos() / 1e6);
    run.put("requests", sample.requests());
    run.put("bytes", sample.bytes());
    var parts = new LinkedHashMap<String, Object>();
    sample
        .parts()
        .forEach(
            (name, use) ->
                parts.put(
                    name, Map.of("cpu_ms", use.cpu().toMillis(), "peak_rss_kib", use.peakKib())));
    run.put("processes", parts);
    return run;
  }
}
