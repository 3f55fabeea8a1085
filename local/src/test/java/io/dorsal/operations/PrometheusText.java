package io.dorsal.operations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Prometheus' text format 0.0.4 by its grammar and refuses everything else: a metric is
 * declared once and before its samples, samples of one metric stand together, no series appears
 * twice, histograms are complete and rise.
 */
public final class PrometheusText {

  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern DECLARATION = Pattern.compile("# (HELP|TYPE) (" + NAME + ") (.+)");
  private static final Pattern SAMPLE =
      Pattern.compile("(" + NAME + ")(?:\\{(.*)})? ([-+]?(?:[0-9.]+(?:[eE][-+]?[0-9]+)?|Inf)|NaN)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");

  /** One line with a value. */
  public record Sample(String name, Map<String, String> labels, double value) {}

  /** A metric's type and samples. */
  public record Family(String type, List<Sample> samples) {}

  private final Map<String, Family> families = new LinkedHashMap<>();
  private String open = "";

  private PrometheusText() {}

  /**
   * All metrics by name.
   *
   * @throws IllegalArgumentException with the line that breaks the grammar
   */
  public static Map<String, Family> parse(String text) {
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("The last line does not end.");
    }
    var reader = new PrometheusText();
    text.lines().forEach(reader::line);
    reader.families.forEach(PrometheusText::check);
    return reader.families;
  }

  private void line(String line) {
    Matcher declared = DECLARATION.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (declared.matches()) {
      if (declared.group(1).equals("TYPE")) {
        open = declared.group(2);
        if (families.put(open, new Family(declared.group(3), new ArrayList<>())) != null) {
          throw new IllegalArgumentException("Declared twice: " + line);
        }
      }
    } else if (sample.matches()) {
      add(sample, line);
    } else {
      throw new IllegalArgumentException("Neither a declaration nor a sample: " + line);
    }
  }

  private void add(Matcher sample, String line) {
    String base = sample.group(1);
    Family family = families.get(open);
    if (family == null || !belongs(base, family)) {
      throw new IllegalArgumentException("Outside of its metric " + open + ": " + line);
    }
    var one = new Sample(base, labels(sample.group(2), line), number(sample.group(3)));
    boolean twice =
        family.samples().stream()
            .anyMatch(s -> s.name().equals(base) && s.labels().equals(one.labels()));
    if (twice) {
      throw new IllegalArgumentException("Twice: " + line);
    }
    family.samples().add(one);
  }

  private boolean belongs(String name, Family family) {
    return name.equals(open)
        || (family.type().equals("histogram")
            && name.matches(Pattern.quote(open) + "_(bucket|sum|count)"));
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace("Inf", "Infinity"));
  }

  private static Map<String, String> labels(@Nullable String text, String line) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (text == null) {
      return labels;
    }
    Matcher label = LABEL.matcher(text);
    int end = 0;
    while (end < text.length() && label.find(end) && label.start() == end) {
      labels.put(label.group(1), label.group(2));
      end = label.end();
    }
    if (end < text.length()) {
      throw new IllegalArgumentException("Labels cannot be read: " + line);
    }
    return labels;
  }

  private static void check(String name, Family family) {
    if (!List.of("counter", "gauge", "histogram").contains(family.type())) {
      throw new IllegalArgumentException(name + " is a " + family.type());
    }
    Map<Map<String, String>, Double> highest = new LinkedHashMap<>();
    for (Sample sample : family.samples()) {
      if (sample.name().endsWith("_bucket") && family.type().equals("histogram")) {
        Map<String, String> series = new LinkedHashMap<>(sample.labels());
        if (series.remove("le") == null || sample.value() < highest.getOrDefault(series, 0.0)) {
          throw new IllegalArgumentException("Buckets do not rise: " + sample);
        }
        highest.put(series, sample.value());
      } else if (sample.name().endsWith("_count") && family.type().equals("histogram")) {
        if (sample.value() != highest.getOrDefault(sample.labels(), -1.0)) {
          throw new IllegalArgumentException("The last bucket is not the count: " + sample);
        }
      }
    }
  }
}
