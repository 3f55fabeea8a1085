package io.dorsal.discovery;

import io.dorsal.problem.ProblemException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Reads one glob from left to right into an automaton of {@link GlobStates}. Positions count from 1
 * in the glob's composed form.
 */
final class Glob {

  private final String glob;
  private int at;

  private Glob(String glob) {
    this.glob = glob;
  }

  /** A part of a pattern: makes the states that lead to the given one, returns their entry. */
  private interface Part {
    int before(GlobStates states, int to);
  }

  /**
   * Adds the glob's states.
   *
   * @return their entry
   * @throws ProblemException GLOB_INVALID with pattern and position
   */
  static int read(String glob, GlobStates states) {
    return new Glob(composed(glob)).sequence(false).before(states, states.accept());
  }

  static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private Part sequence(boolean inBraces) {
    List<Part> parts = new ArrayList<>();
    while (at < glob.length()) {
      char c = glob.charAt(at);
      if (inBraces && (c == ',' || c == '}')) {
        break;
      }
      parts.add(
          switch (c) {
            case '*' -> star();
            case '?' -> one(Glob::inSegment, 1);
            case '[' -> set();
            case '{' -> braces();
            case '}' -> throw invalid(at, "a closing brace without an opening one");
            default -> literal();
          });
    }
    return (states, to) -> {
      int entry = to;
      for (Part part : parts.reversed()) {
        entry = part.before(states, entry);
      }
      return entry;
    };
  }

  private Part one(IntPredicate takes, int length) {
    at += length;
    return (states, to) -> states.taking(takes, to);
  }

  private Part literal() {
    int wanted = glob.codePointAt(at);
    int folded = folded(wanted);
    return one(c -> c == wanted || folded(c) == folded, Character.charCount(wanted));
  }

  private Part star() {
    boolean afterSlash = at == 0 || glob.charAt(at - 1) == '/';
    if (!glob.startsWith("**", at)) {
      at++;
      return (states, to) -> states.repeating(Glob::inSegment, to);
    }
    if (afterSlash && glob.startsWith("**/", at)) {
      at += 3;
      return (states, to) -> {
        int folders = states.repeating(Glob::any, states.taking(c -> c == '/', to));
        return states.eitherOf(List.of(folders, to));
      };
    }
    at += 2;
    return (states, to) -> states.repeating(Glob::any, to);
  }

  private Part braces() {
    int open = at;
    List<Part> alternatives = new ArrayList<>();
    do {
      at++;
      alternatives.add(sequence(true));
      if (at >= glob.length()) {
        throw invalid(open, "an opening brace without a closing one");
      }
    } while (glob.charAt(at) == ',');
    at++;
    return (states, to) ->
        states.eitherOf(alternatives.stream().map(each -> each.before(states, to)).toList());
  }

  /** No set reaches across the end of a segment, not even by a range around the slash. */
  private Part set() {
    int open = at;
    boolean negated = glob.startsWith("[!", at);
    int first = at + (negated ? 2 : 1);
    int end = glob.indexOf(']', first + 1);
    if (end < 0) {
      throw invalid(open, "an opening bracket without a closing one");
    }
    int[] members = glob.substring(first, end).codePoints().toArray();
    IntPredicate within = c -> false;
    for (int i = 0; i < members.length; i++) {
      int from = members[i];
      boolean range = i + 2 < members.length && members[i + 1] == '-';
      int to = range ? members[i + 2] : from;
      if (to < from) {
        throw invalid(open, "a set that cannot be read");
      }
      within = within.or(c -> c >= from && c <= to);
      i += range ? 2 : 0;
    }
    at = end + 1;
    IntPredicate exactly = within;
    IntPredicate anyCase =
        c ->
            exactly.test(c)
                || exactly.test(Character.toLowerCase(c))
                || exactly.test(Character.toUpperCase(c));
    IntPredicate wanted = negated ? anyCase.negate() : anyCase;
    return one(c -> inSegment(c) && wanted.test(c), 0);
  }

  private static boolean any(int codePoint) {
    return true;
  }

  private static boolean inSegment(int codePoint) {
    return codePoint != '/';
  }

  private static int folded(int codePoint) {
    return Character.toLowerCase(Character.toUpperCase(codePoint));
  }

  private ProblemException invalid(int index, String what) {
    return new ProblemException(
        DiscoveryProblem.GLOB_INVALID,
        "The pattern " + glob + " has " + what + " at position " + (index + 1) + ".",
        Map.of("pattern", glob, "position", index + 1));
  }
}
