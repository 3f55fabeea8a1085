package io.dorsal.discovery.contents;

import java.util.List;

/**
 * The text of a document.
 *
 * @param characters read, at most 1,000,000
 * @param sample the first 2,000 of them
 * @param hits what the pattern of animals' ids met, most frequent first; empty without a pattern
 */
public record DocumentText(int characters, String sample, List<Hit> hits) {

  public DocumentText {
    hits = List.copyOf(hits);
  }

  /** One text that fits the pattern, and how often it stands there. */
  public record Hit(String text, int count) {}
}
