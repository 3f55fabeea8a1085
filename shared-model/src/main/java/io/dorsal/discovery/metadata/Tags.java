package io.dorsal.discovery.metadata;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every tag read from a file, by source and name ({@code EXIF:Model}). Held as the text it is
 * stored as: results wait for their chunk's commit, and a map of them is many times its size.
 *
 * @param json an object of strings, by name in order; at most 64 KiB
 */
public record Tags(String json) {

  /** No tags. */
  public static final Tags NONE = new Tags("{}");

  static Tags of(TreeMap<String, String> tags) {
    return tags.isEmpty() ? NONE : new Tags(JsonMapper.shared().writeValueAsString(tags));
  }

  /** The same as a map, by name in order; made anew for each caller. */
  public Map<String, String> asMap() {
    return JsonMapper.shared().readValue(json, new TypeReference<TreeMap<String, String>>() {});
  }
}
