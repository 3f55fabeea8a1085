package io.dorsal.discovery.patterns;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A habit of naming.
 *
 * @param depth of the folders, 1 below the root; null for file names
 * @param pattern in the syntax of path patterns; it matches every name that was counted
 * @param names with at least one image beneath at that depth, or images for file names
 * @param matched how many of them carry the pattern
 * @param support matched ÷ names
 * @param consistency matches that parse plausibly ÷ matches
 * @param agreement matches equal to independent evidence ÷ those that could be compared; null where
 *     none could
 * @param confidence 0 to 1
 * @param notes {@code AMBIGUOUS_DAY_MONTH} or nothing
 * @param samples names that match, at most 20
 */
public record DetectedPattern(
    PatternType type,
    @Nullable Integer depth,
    String pattern,
    long names,
    long matched,
    double support,
    double consistency,
    @Nullable Double agreement,
    double confidence,
    List<String> notes,
    List<String> samples) {

  /** Below this confidence a pattern is not shown. */
  public static final double SHOWN = 0.30;

  /** From this confidence on a generated manifest uses a pattern. */
  public static final double USED = 0.60;

  static final String AMBIGUOUS = "AMBIGUOUS_DAY_MONTH";
  private static final double MOST_AMBIGUOUS = 0.50;

  public DetectedPattern {
    notes = List.copyOf(notes);
    samples = List.copyOf(samples);
  }

  /** The formula of 2.6. */
  static double confidence(double support, double consistency, @Nullable Double agreement) {
    return agreement == null
        ? 0.625 * support + 0.375 * consistency
        : 0.5 * support + 0.3 * consistency + 0.2 * agreement;
  }

  /** The same where nobody can tell the day from the month. */
  DetectedPattern ambiguous() {
    return new DetectedPattern(
        type,
        depth,
        pattern,
        names,
        matched,
        support,
        consistency,
        agreement,
        Math.min(MOST_AMBIGUOUS, confidence),
        List.of(AMBIGUOUS),
        samples);
  }
}
