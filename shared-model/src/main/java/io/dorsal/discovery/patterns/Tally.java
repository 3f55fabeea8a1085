package io.dorsal.discovery.patterns;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the names that carry one piece. Not thread-safe. */
final class Tally {

  private static final int SAMPLES = 20;

  private final Set<String> samples = new LinkedHashSet<>();
  private long matched;
  private long plausible;
  private long comparable;
  private long equal;
  private boolean before;
  private boolean after;

  void add(String name, boolean isPlausible, @Nullable Boolean agrees) {
    addMany(1, isPlausible ? 1 : 0, agrees == null ? 0 : 1, Boolean.TRUE.equals(agrees) ? 1 : 0);
    sample(name);
  }

  void addMany(long matches, long plausibles, long comparables, long equals) {
    matched += matches;
    plausible += plausibles;
    comparable += comparables;
    equal += equals;
  }

  void sample(String name) {
    if (samples.size() < SAMPLES) {
      samples.add(name);
    }
  }

  void around(boolean textBefore, boolean textAfter) {
    before |= textBefore;
    after |= textAfter;
  }

  boolean isEmpty() {
    return matched == 0;
  }

  /**
   * @param depth null for file names
   * @param names at this depth, at least those matched
   */
  DetectedPattern pattern(PatternType type, @Nullable Integer depth, String piece, long names) {
    double support = (double) matched / names;
    double consistency = (double) plausible / matched;
    Double agreement = comparable == 0 ? null : (double) equal / comparable;
    int deeper = (int) piece.chars().filter(c -> c == '/').count();
    String segment = (before ? "*" : "") + piece + (after ? "*" : "");
    return new DetectedPattern(
        type,
        depth,
        depth == null ? segment : "/" + "*/".repeat(depth - 1 - deeper) + segment + "/",
        names,
        matched,
        support,
        consistency,
        agreement,
        DetectedPattern.confidence(support, consistency, agreement),
        List.of(),
        List.copyOf(samples));
  }
}
