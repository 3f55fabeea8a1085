package io.dorsal.catalog;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/** Which patterns of identifiers may be kept: those that take linear time and little memory. */
final class IdentifierPattern {

  private static final int LONGEST = 200;

  /** Counted repetitions are written out in the program that matches. */
  private static final long MOST_REPEATED = 1_000;

  private static final java.util.regex.Pattern COUNTED =
      java.util.regex.Pattern.compile("\\{([0-9]+)(?:,([0-9]*))?\\}");

  private IdentifierPattern() {}

  /** What is wrong with it, in one sentence; null where nothing is. */
  static @Nullable String fault(String pattern) {
    if (pattern.isEmpty() || pattern.length() > LONGEST) {
      return "It has 1 to " + LONGEST + " characters.";
    }
    if (repeated(pattern) > MOST_REPEATED) {
      return "Its counted repetitions come to more than " + MOST_REPEATED + ".";
    }
    try {
      Pattern.compile(pattern);
      return null;
    } catch (PatternSyntaxException e) {
      return "It cannot be read: " + e.getDescription() + ".";
    }
  }

  /** At most how often the innermost part is written out, were all of them inside each other. */
  private static long repeated(String pattern) {
    long product = 1;
    for (MatchResult each : COUNTED.matcher(pattern).results().toList()) {
      String last =
          each.group(2) == null || each.group(2).isEmpty() ? each.group(1) : each.group(2);
      long count = last.length() > 4 ? MOST_REPEATED + 1 : Math.max(1, Long.parseLong(last));
      product = Math.min(product * count, MOST_REPEATED + 1);
    }
    return product;
  }
}
