package io.dorsal.operations;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reduces two versions of a thing to what changed, without secrets. Pure. */
final class Masks {

  private static final Pattern SECRET =
      Pattern.compile(
          "secret|password|passwd|credential|token|signature|\\bsas\\b|_sas\\b|api_?key|account_?key|private",
          Pattern.CASE_INSENSITIVE);

  private Masks() {}

  /** The fields of one version that the other does not have in the same way. */
  static Map<String, @Nullable Object> changed(Map<String, ?> of, Map<String, ?> against) {
    Map<String, @Nullable Object> kept = new LinkedHashMap<>();
    of.forEach(
        (name, value) -> {
          if (!against.containsKey(name) || !Objects.equals(against.get(name), value)) {
            kept.put(name, masked(name, value));
          }
        });
    return kept;
  }

  private static @Nullable Object masked(String name, @Nullable Object value) {
    boolean hidden = SECRET.matcher(name).find() && !(value instanceof Boolean);
    if (hidden && value != null) {
      return "***";
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> inner = new LinkedHashMap<>();
      map.forEach((key, each) -> inner.put(String.valueOf(key), masked(String.valueOf(key), each)));
      return inner;
    }
    return value;
  }
}
