package io.dorsal.functions.http;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells two answers of one record apart. Pure. */
final class ChangedFields {

  /** The version itself, where a record repeats it, and its time: they differ always. */
  private static final Set<String> OF_THE_VERSION =
      Set.of("etag", "version", "updated_at", "changed_at");

  private ChangedFields() {}

  /** The members that differ, inside of objects as {@code settings.default_time_zone}. */
  static SortedSet<String> between(Reply was, Reply now) {
    SortedSet<String> fields = new TreeSet<>();
    differing("", Json.MAPPER.valueToTree(was.body()), Json.MAPPER.valueToTree(now.body()), fields);
    fields.removeAll(OF_THE_VERSION);
    return fields;
  }

  private static void differing(String path, JsonNode was, JsonNode now, SortedSet<String> fields) {
    if (was instanceof ObjectNode one && now instanceof ObjectNode other) {
      SortedSet<String> names = new TreeSet<>(one.propertyNames());
      names.addAll(other.propertyNames());
      String before = path.isEmpty() ? "" : path + ".";
      names.forEach(name -> differing(before + name, one.path(name), other.path(name), fields));
    } else if (!was.equals(now)) {
      fields.add(path);
    }
  }
}
