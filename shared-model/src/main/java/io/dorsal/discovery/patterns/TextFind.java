package io.dorsal.discovery.patterns;

import org.jspecify.annotations.Nullable;

/**
 * A part of a name that stands for something.
 *
 * @param piece the capture with the literal text that belongs to it, in the syntax of path patterns
 * @param value what the capture takes
 * @param before whether anything stands before the piece
 * @param after whether anything stands behind it
 * @param plausible null where only its being repeated tells
 * @param agrees null where it cannot be compared
 */
record TextFind(
    PatternType type,
    String piece,
    String value,
    boolean before,
    boolean after,
    @Nullable Boolean plausible,
    @Nullable Boolean agrees) {

  /** Literal text in a path pattern. */
  static String literal(String text) {
    StringBuilder literal = new StringBuilder(text.length() + 4);
    for (int i = 0; i < text.length(); i++) {
      if ("*?{}[]\\".indexOf(text.charAt(i)) >= 0) {
        literal.append('\\');
      }
      literal.append(text.charAt(i));
    }
    return literal.toString();
  }
}
