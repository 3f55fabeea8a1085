package io.dorsal.discovery.patterns;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The number at a name's end. */
final class Sequences {

  private static final int MOST_DIGITS = 9;
  private static final int LONGEST_PREFIX = 12;

  private Sequences() {}

  /** Whether the whole name is a camera's: letters, then up to seven digits. */
  static boolean camera(String name) {
    int digits = start(name);
    if (digits == 0 || digits > LONGEST_PREFIX || name.length() - digits > 7) {
      return false;
    }
    for (int i = 0; i < digits; i++) {
      char c = name.charAt(i);
      if (!Character.isLetter(c) && c != '_' && c != '-' && c != ' ') {
        return false;
      }
    }
    return digits < name.length();
  }

  static void find(Remainder left, List<TextFind> finds) {
    String name = left.name();
    int start = start(name);
    int digits = name.length() - start;
    if (digits == 0 || digits > MOST_DIGITS || left.at(start) == Remainder.TAKEN) {
      return;
    }
    String prefix = prefix(left, start);
    String literal = prefix == null ? left.separatorsBefore(start) : prefix;
    boolean before = literal.length() < start;
    finds.add(
        new TextFind(
            PatternType.SEQUENCE,
            TextFind.literal(literal) + "{seq}",
            name.substring(start),
            before,
            false,
            true,
            null));
    left.take(prefix == null ? start : 0, name.length());
  }

  /** The text before the number where it is short and holds neither digit nor other finds. */
  private static @Nullable String prefix(Remainder left, int start) {
    if (start > LONGEST_PREFIX) {
      return null;
    }
    for (int i = 0; i < start; i++) {
      if (left.digit(i) || left.at(i) == Remainder.TAKEN) {
        return null;
      }
    }
    return left.name().substring(0, start);
  }

  private static int start(String name) {
    int start = name.length();
    while (start > 0 && DateFinds.digit(name, start - 1)) {
      start--;
    }
    return start;
  }
}
