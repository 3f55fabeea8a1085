package io.dorsal.discovery;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Paths for the eye: control, line and direction characters are shown as {@code \}{@code uXXXX}, a
 * segment with right-to-left letters is set between U+2068 and U+2069, so that no name can reorder
 * or break what stands around it.
 */
final class DisplayPaths {

  private static final char FIRST_STRONG_ISOLATE = '\u2068';
  private static final char POP_ISOLATE = '\u2069';

  private DisplayPaths() {}

  static String of(String path) {
    return Arrays.stream(path.split("/", -1))
        .map(DisplayPaths::segment)
        .collect(Collectors.joining("/"));
  }

  private static String segment(String name) {
    StringBuilder shown = new StringBuilder(name.length());
    name.codePoints().forEach(c -> append(shown, c));
    return name.codePoints().anyMatch(DisplayPaths::rightToLeft)
        ? FIRST_STRONG_ISOLATE + shown.toString() + POP_ISOLATE
        : shown.toString();
  }

  private static void append(StringBuilder shown, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          escape(shown, c);
      default -> shown.appendCodePoint(c);
    }
  }

  /** The joiner belongs to emoji and to scripts that need it; it changes no direction. */
  private static void escape(StringBuilder shown, int c) {
    if (c == 0x200D || c == 0x200C) {
      shown.appendCodePoint(c);
    } else {
      shown.append(c > 0xFFFF ? "\\u{%X}".formatted(c) : "\\u%04X".formatted(c));
    }
  }

  private static boolean rightToLeft(int c) {
    byte direction = Character.getDirectionality(c);
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }
}
