package io.dorsal.functions.http;

import io.dorsal.problem.FieldError;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
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
 * value is bent into another type. Components may be String, UUID, Boolean, JsonNode and lists of
 * String; absent and null members become null.
 */
public final class Members {

  private final String at;
  private final List<FieldError> errors = new ArrayList<>();

  private Members(String at) {
    this.at = at;
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
    var members = new Members(at);
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(snakeCase(component.getName()), component);
    }
    if (!node.isObject()) {
      members.reject("", "WRONG_TYPE", (at.isEmpty() ? "The body" : at) + " must be an object.");
    } else {
      members.check(node, components, tolerated);
    }
    if (!members.errors.isEmpty()) {
      throw Json.refusal(members.errors);
    }
    return Json.MAPPER.treeToValue(known(node, components.keySet()), type);
  }

  private static JsonNode known(JsonNode node, Set<String> names) {
    var kept = Json.MAPPER.createObjectNode();
    names.stream().filter(node::has).forEach(name -> kept.set(name, node.get(name)));
    return kept;
  }

  private void check(JsonNode node, Map<String, RecordComponent> components, boolean tolerated) {
    node.forEachEntry(
        (name, value) -> {
          RecordComponent component = components.get(name);
          if (component != null) {
            checkValue(name, value, component);
          } else if (!tolerated) {
            rejectUnknown(name);
          }
        });
  }

  private void checkValue(String name, JsonNode value, RecordComponent component) {
    if (value.isNull()) {
      return;
    }
    String place = "/" + name;
    Type type = component.getGenericType();
    if (type == JsonNode.class) {
      return;
    }
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
    } else if (component.getType() == List.class) {
      texts(name, place, value);
    } else {
      throw new IllegalStateException("Members of type " + type + " are not offered.");
    }
  }

  private void texts(String name, String place, JsonNode value) {
    if (!value.isArray()) {
      reject(place, "WRONG_TYPE", name + " must be a list of strings.");
      return;
    }
    for (int i = 0; i < value.size(); i++) {
      text(place + "/" + i, value.get(i));
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
  private void rejectUnknown(String name) {
    if (name.matches("[A-Za-z0-9_.-]{1,40}")) {
      reject("/" + name, "UNKNOWN_MEMBER", "There is no member " + name + ".");
    } else {
      reject("", "UNKNOWN_MEMBER", "There is a member whose name cannot be one.");
    }
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
