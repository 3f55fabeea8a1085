package io.dorsal.discovery.contents;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** How headings are compared: composed, in lower case, with single blanks. */
public final class Headings {

  private Headings() {}

  /** The heading as it is compared; empty where it has no visible character. */
  public static String key(String heading) {
    return Normalizer.normalize(heading, Normalizer.Form.NFC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\s_]+", " ")
        .strip();
  }

  /** The different ones, without empty ones. */
  public static List<String> keys(List<String> headings) {
    return headings.stream().map(Headings::key).filter(key -> !key.isEmpty()).distinct().toList();
  }
}
