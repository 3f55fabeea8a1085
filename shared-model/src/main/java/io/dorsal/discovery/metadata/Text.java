package io.dorsal.discovery.metadata;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes untrusted text storable: PostgreSQL refuses NUL, JSON refuses lone surrogates. */
final class Text {

  static final int LONGEST = 2_000;
  private static final Charset LATIN = Charset.forName("windows-1252");

  private Text() {}

  /** Trimmed, blanks collapsed, control characters out, at most 2,000 characters; null if empty. */
  static @Nullable String clean(@Nullable String raw) {
    if (raw == null) {
      return null;
    }
    if (isPlain(raw)) {
      return raw;
    }
    int stop = Math.min(raw.length(), 4 * LONGEST);
    StringBuilder clean = new StringBuilder(Math.min(stop, LONGEST));
    boolean blank = false;
    for (int i = 0; i < stop && clean.length() < LONGEST; ) {
      int c = raw.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        blank = !clean.isEmpty();
      } else if (!Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE) {
        if (blank) {
          clean.append(' ');
          blank = false;
        }
        if (clean.length() + Character.charCount(c) <= LONGEST) {
          clean.appendCodePoint(c);
        }
      }
    }
    return clean.isEmpty() ? null : clean.toString();
  }

  /**
   * Whether there is nothing to clean, as in almost all metadata: ASCII with single blanks inside.
   */
  private static boolean isPlain(String raw) {
    int last = raw.length() - 1;
    if (last < 0 || last >= LONGEST) {
      return false;
    }
    char before = ' ';
    for (int i = 0; i <= last; i++) {
      char c = raw.charAt(i);
      if (c < ' ' || c > '~' || (c == ' ' && (before == ' ' || i == last))) {
        return false;
      }
      before = c;
    }
    return true;
  }

  /** UTF-8 where the bytes are that, else Windows-1252, which every byte sequence is. */
  static String decode(byte[] bytes) {
    if (ascii(bytes)) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, LATIN);
    }
  }

  private static boolean ascii(byte[] bytes) {
    for (byte each : bytes) {
      if (each < 0) {
        return false;
      }
    }
    return true;
  }
}
