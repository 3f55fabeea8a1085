package io.dorsal.jobs.contents.formats;

/** Makes foreign text storable: no NUL, no half characters, no control characters. */
final class Words {

  private Words() {}

  /** One line, at most so many characters, without blanks at its ends. */
  static String line(String raw, int most) {
    return kept(raw, most, false).strip();
  }

  /** Several lines, at most so many characters. */
  static String lines(String raw, int most) {
    return kept(raw, most, true);
  }

  private static String kept(String raw, int most, boolean breaks) {
    StringBuilder kept = new StringBuilder(Math.min(raw.length(), most));
    for (int i = 0; i < raw.length(); ) {
      int c = raw.codePointAt(i);
      int width = Character.charCount(c);
      if (kept.length() + width > most) {
        break;
      }
      if (c == '\t' || c == '\n') {
        kept.append(breaks ? (char) c : ' ');
      } else if (!Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE) {
        kept.appendCodePoint(c);
      }
      i += width;
    }
    return kept.toString();
  }
}
