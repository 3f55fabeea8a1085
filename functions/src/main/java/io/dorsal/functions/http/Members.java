package io.dorsal.functions.http;

import io.dorsal.problem.FieldError;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Binds a JSON object to a record and names every member that does not fit, with its place. No
 * value is bent into another type. Components may be String, UUID, Boolean, JsonNode, records of
 * these, and lists of String or of records; absent and null members become null.
 */
public final class Members {

  private final String at;
  private final boolean tolerated;
  private final List<FieldError> errors = new ArrayList<>();

  private Members(String at, boolean tolerated) {
    this.at = at;
    this.tolerated = tolerated;
  }

  /**
   * Binds the node.
   *
   * @param at the JSON pointer of the node; empty for the whole body
   * @param tolerated whether members without a component are let pass
   * @throws ProblemException VALIDATION_FAILED with every wrong or unknown member
   */
  public static <T extends Record> T bind(
      JsonNode node, Class<T> type, String at, boolean tolerated) {
    var members = new Members(at, tolerated);
    members.object("", node, type);
    if (!members.errors.isEmpty()) {
      throw Json.refusal(members.errors);
    }
    return Json.MAPPER.treeToValue(known(node, components(type).keySet()), type);
  }

  private static Map<String, RecordComponent> components(Class<?> type) {
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(snakeCase(component.getName()), component);
    }
    return components;
  }

  private static JsonNode known(JsonNode node, Set<String> names) {
    var kept = Json.MAPPER.createObjectNode();
    names.stream().filter(node::has).forEach(name -> kept.set(name, node.get(name)));
    return kept;
  }

  private void object(String place, JsonNode node, Class<?> type) {
    if (!node.isObject()) {
      String whole = at + place;
      reject(place, "WRONG_TYPE", (whole.isEmpty() ? "The body" : whole) + " must be an object.");
      return;
    }
    Map<String, RecordComponent> components = components(type);
    node.forEachEntry(
        (name, value) -> {
          RecordComponent component = components.get(name);
          if (component == null) {
            if (!tolerated) {
              rejectUnknown(place, name);
            }
          } else if (!value.isNull()) {
            value(place + "/" + name, value, component.getGenericType());
          }
        });
  }

  private void value(String place, JsonNode value, Type type) {
    String name = place.substring(1);
    if (type == String.class) {
      text(place, value);
    } else if (type == UUID.class) {
      if (!value.isString() || Validation.uuid(value.asString()) == null) {
        reject(place, "WRONG_TYPE", name + " must be a UUID.");
      }
    } else if (type == Boolean.class) {
      if (!value.isBoolean()) {
        reject(place, "WRONG_TYPE", name + " must be true or false.");
      }
    } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      items(place, value, list.getActualTypeArguments()[0]);
    } else if (type instanceof Class<?> part && part.isRecord()) {
      object(place, value, part);
    } else if (type != JsonNode.class) {
      throw new IllegalStateException("Members of type " + type + " are not offered.");
    }
  }

  private void items(String place, JsonNode value, Type type) {
    if (!value.isArray()) {
      String what = type == String.class ? "strings" : "objects";
      reject(place, "WRONG_TYPE", place.substring(1) + " must be a list of " + what + ".");
      return;
    }
    for (int i = 0; i < value.size(); i++) {
      value(place + "/" + i, value.get(i), type);
    }
  }

  private void text(String place, JsonNode value) {
    if (!value.isString()) {
      reject(place, "WRONG_TYPE", place.substring(1) + " must be a string.");
    } else if (!Json.storable(value.asString())) {
      reject(place, "INVALID", place.substring(1) + " holds a character that cannot be stored.");
    }
  }

  private void reject(String place, String code, String message) {
    String[] steps = (at + place).split("/", -1);
    errors.add(new FieldError(steps.length > 1 ? steps[1] : "", at + place, code, message));
  }

  /** What looks like no name may be a secret in the wrong place: it is not repeated. */
  private void rejectUnknown(String place, String name) {
    if (name.matches("[A-Za-z0-9_.-]{1,40}")) {
      reject(place + "/" + name, "UNKNOWN_MEMBER", "There is no member " + name + ".");
    } else {
      reject(place, "UNKNOWN_MEMBER", "There is a member whose name cannot be one.");
    }
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
