package io.dorsal.functions.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call answers.
 *
 * @param body becomes JSON with members in snake case; must hold no secret; null for none
 */
public record Reply(int status, @Nullable Object body, Map<String, String> headers) {

  public static Reply ok(Object body) {
    return new Reply(200, body, Map.of());
  }

  /** Done, and there is nothing to tell. */
  public static Reply nothing() {
    return new Reply(204, null, Map.of());
  }

  /** Text of another form than JSON, as it is sent. */
  record Text(String content) {}

  /** An answer in another form than JSON. */
  public static Reply text(String contentType, String content) {
    return new Reply(200, new Text(content), Map.of("Content-Type", contentType));
  }

  /** Something was made and can be read at the location. */
  public static Reply created(Object body, String location) {
    return new Reply(201, body, Map.of("Location", location));
  }

  /** Work was begun; how far it is can be read at the location. */
  public static Reply accepted(Object body, String location) {
    return new Reply(202, body, Map.of("Location", location));
  }

  /** The version that {@link #withETag} gave; -1 without one. */
  int version() {
    String tag = headers.getOrDefault("ETag", "");
    return tag.isEmpty() ? -1 : Integer.parseInt(tag, 2, tag.length() - 1, 10);
  }

  /** Adds the version as a strong entity tag {@code "v7"} (RFC 9110, section 8.8.3). */
  public Reply withETag(int version) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put("ETag", "\"v" + version + "\"");
    return new Reply(status, body, Map.copyOf(more));
  }
}
