package io.dorsal.discovery.patterns;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Animals' ids by a population's pattern; which of them the catalog has is not known. Thread-safe.
 */
public final class PopulationIds implements PatternEvidence {

  private final Pattern tokens;

  /**
   * @param pattern of RE2; {@link #unanchored} here
   */
  public PopulationIds(String pattern) {
    // What follows one id may be what stands before the next.
    tokens = Pattern.compile("(?:^|[^\\pL\\pN])(" + unanchored(pattern) + ")(?:$|[^\\pL\\pN])");
  }

  /** The pattern without the anchors of a whole identifier at its ends: texts hold more than it. */
  public static String unanchored(String pattern) {
    String inner = pattern.startsWith("^") ? pattern.substring(1) : pattern;
    return inner.endsWith("$") && !inner.endsWith("\\$")
        ? inner.substring(0, inner.length() - 1)
        : inner;
  }

  @Override
  public List<Individual> individuals(String name) {
    List<Individual> hits = new ArrayList<>();
    Matcher matcher = tokens.matcher(name);
    int from = 0;
    while (from < name.length() && matcher.find(from)) {
      int end = matcher.end(1);
      if (end > matcher.start(1)) {
        hits.add(new Individual(matcher.start(1), end, false));
        from = end;
      } else {
        from = matcher.end(1) + 1;
      }
    }
    return hits;
  }
}
