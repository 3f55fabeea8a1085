package io.dorsal.discovery.patterns;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A name, and what of it no detector has taken yet. Not thread-safe. */
final class Remainder {

  /** Stands where something was taken; no name holds it. */
  static final char TAKEN = '\0';

  /** What may stand between two words of one name. */
  private static final String JOINTS = " _.'’-";

  private final String name;
  private final StringBuilder left;

  /**
   * @param name without {@link #TAKEN}
   */
  Remainder(String name) {
    this.name = name;
    this.left = new StringBuilder(name);
  }

  String name() {
    return name;
  }

  int length() {
    return left.length();
  }

  /** The character there, or {@link #TAKEN}. */
  char at(int place) {
    return left.charAt(place);
  }

  String part(int start, int end) {
    return left.substring(start, end);
  }

  void take(int start, int end) {
    for (int i = start; i < end; i++) {
      left.setCharAt(i, TAKEN);
    }
  }

  boolean letter(int place) {
    return place >= 0
        && place < left.length()
        && (Character.isLetter(left.charAt(place))
            || Character.getType(left.charAt(place)) == Character.NON_SPACING_MARK
            || Character.isSurrogate(left.charAt(place)));
  }

  boolean digit(int place) {
    return place >= 0 && place < left.length() && Character.isDigit(left.charAt(place));
  }

  /** Where the run of letters that begins there ends. */
  int lettersEnd(int from) {
    int at = from;
    while (letter(at)) {
      at++;
    }
    return at;
  }

  /**
   * The end of the longest run of words from there, up to so many, that is known as it stands; the
   * start itself where none is.
   */
  int knownEnd(int start, int mostWords, Predicate<String> known) {
    int longest = start;
    int end = wordEnd(start);
    for (int words = 1; words <= mostWords; words++) {
      if (known.test(part(start, end))) {
        longest = end;
      }
      boolean goesOn =
          end + 1 < left.length() && JOINTS.indexOf(left.charAt(end)) >= 0 && word(end + 1);
      if (!goesOn) {
        break;
      }
      end = wordEnd(end + 1);
    }
    return longest;
  }

  /** Whether a word begins there. */
  boolean wordStart(int place) {
    return word(place) && !word(place - 1);
  }

  private int wordEnd(int from) {
    int at = from;
    while (word(at)) {
      at++;
    }
    return at;
  }

  private boolean word(int place) {
    return letter(place) || digit(place);
  }

  /** The separators right before a place, at most three. */
  String separatorsBefore(int place) {
    int start = place;
    while (start > 0 && place - start < 3 && separator(name.charAt(start - 1))) {
      start--;
    }
    return name.substring(start, place);
  }

  /** The separators right behind a place, at most three. */
  String separatorsBehind(int place) {
    int end = place;
    while (end < name.length() && end - place < 3 && separator(name.charAt(end))) {
      end++;
    }
    return name.substring(place, end);
  }

  static boolean separator(char c) {
    return " _-.,+&()".indexOf(c) >= 0;
  }

  /** A find with the separators around it as literal text. */
  TextFind between(
      PatternType type,
      String capture,
      int start,
      int end,
      @Nullable Boolean plausible,
      @Nullable Boolean agrees) {
    String before = separatorsBefore(start);
    String behind = separatorsBehind(end);
    return new TextFind(
        type,
        TextFind.literal(before) + capture + TextFind.literal(behind),
        name.substring(start, end),
        start - before.length() > 0,
        end + behind.length() < name.length(),
        plausible,
        agrees);
  }
}
