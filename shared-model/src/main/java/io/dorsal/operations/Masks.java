package io.dorsal.operations;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reduces two versions of a thing to what changed, without secrets. Pure. */
final class Masks {

  private static final Pattern SECRET =
      Pattern.compile(
          "secret|password|passwd|credential|token|signature|\\bsas\\b|_sas\\b|api_?key|account_?key|private",
          Pattern.CASE_INSENSITIVE);

  private static final JsonNode HIDDEN = StringNode.valueOf("***");

  private Masks() {}

  /** The fields of one version that the other does not have in the same way, as JSON. */
  static Map<String, JsonNode> changed(Map<String, ?> of, Map<String, ?> against) {
    Map<String, JsonNode> kept = new LinkedHashMap<>();
    of.forEach(
        (name, value) -> {
          if (!against.containsKey(name) || !Objects.equals(against.get(name), value)) {
            kept.put(name, masked(name, JsonMapper.shared().valueToTree(value)));
          }
        });
    return kept;
  }

  private static JsonNode masked(String name, JsonNode value) {
    if (SECRET.matcher(name).find() && !tellsNothing(value)) {
      return HIDDEN;
    }
    return switch (value) {
      case ObjectNode object -> {
        ObjectNode clean = object.objectNode();
        object.forEachEntry((member, inner) -> clean.set(member, masked(member, inner)));
        yield clean;
      }
      case ArrayNode array -> {
        ArrayNode clean = array.arrayNode();
        array.forEach(inner -> clean.add(masked(name, inner)));
        yield clean;
      }
      default -> value;
    };
  }

  /** No number, truth or null is a secret: {@code rate_limits.token} is a limit. */
  private static boolean tellsNothing(JsonNode value) {
    return value.isNumber() || value.isBoolean() || value.isNull();
  }
}
