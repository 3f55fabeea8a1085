package io.dorsal.discovery.metadata;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Raw tags by source and name, at most 64 KiB as JSON; what does not fit is left out. */
final class TagMap {

  static final int LIMIT = 65_536;
  private final TreeMap<String, String> tags = new TreeMap<>();
  private int used = 2;

  /** Keeps the first value of a name. */
  void put(String name, @Nullable String value) {
    String clean = Text.clean(value);
    String key = Text.clean(name);
    if (clean == null || key == null || tags.containsKey(key)) {
      return;
    }
    int cost = jsonLength(key) + jsonLength(clean) + 2;
    if (used + cost <= LIMIT) {
      used += cost;
      tags.put(key, clean);
    }
  }

  boolean isEmpty() {
    return tags.isEmpty();
  }

  Tags kept() {
    return Tags.of(tags);
  }

  private static int jsonLength(String text) {
    int length = 2;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      length += c == '"' || c == '\\' ? 2 : c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    }
    return length;
  }
}
