package io.dorsal.catalog;

import java.text.Normalizer;
import java.util.Locale;

/** Text as the catalog keeps it. */
final class Texts {

  private Texts() {}

  /** NFC, without blanks at its ends. */
  static String clean(String given) {
    return Normalizer.normalize(given, Normalizer.Form.NFC).strip();
  }

  /** In characters, not in halves of them. */
  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Equal for texts that differ in case only. */
  static String key(String text) {
    return clean(text).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
