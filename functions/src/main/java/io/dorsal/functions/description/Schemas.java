package io.dorsal.functions.description;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;

/**
 * JSON schemas (draft 2020-12) of records, as they are written and bound: members in snake case,
 * null where JSpecify says so, enums by their constants. Not thread-safe.
 */
final class Schemas {

  private static final Names NAMES = new Names();

  private static final Map<Class<?>, Map<String, Object>> SIMPLE =
      Map.ofEntries(
          Map.entry(String.class, Map.of("type", "string")),
          Map.entry(UUID.class, Map.of("type", "string", "format", "uuid")),
          Map.entry(Instant.class, Map.of("type", "string", "format", "date-time")),
          Map.entry(LocalDate.class, Map.of("type", "string", "format", "date")),
          Map.entry(
              LocalDateTime.class,
              Map.of("type", "string", "description", "A local time such as 2024-05-31T08:00:00")),
          Map.entry(
              ZoneOffset.class, Map.of("type", "string", "description", "Such as +02:00 or Z")),
          Map.entry(boolean.class, Map.of("type", "boolean")),
          Map.entry(Boolean.class, Map.of("type", "boolean")),
          Map.entry(int.class, Map.of("type", "integer", "format", "int32")),
          Map.entry(Integer.class, Map.of("type", "integer", "format", "int32")),
          Map.entry(long.class, Map.of("type", "integer", "format", "int64")),
          Map.entry(Long.class, Map.of("type", "integer", "format", "int64")),
          Map.entry(double.class, Map.of("type", "number", "format", "double")),
          Map.entry(Double.class, Map.of("type", "number", "format", "double")));

  private final SortedMap<String, Object> components = new TreeMap<>();
  private final Map<String, Class<?>> named = new LinkedHashMap<>();

  /** What was referred to so far, by name. */
  SortedMap<String, Object> components() {
    return components;
  }

  /** What is answered: every member is there, null or not. */
  Map<String, Object> answered(Class<?> type) {
    return of(type, true);
  }

  /** What is sent: whatever is absent counts as null. */
  Map<String, Object> sent(Class<?> type) {
    return of(type, false);
  }

  /** The schema of a query parameter. */
  Map<String, Object> parameter(Class<?> type) {
    return of(type, true);
  }

  private Map<String, Object> of(AnnotatedType type, boolean whole) {
    Map<String, Object> schema = bare(type, whole);
    return type.isAnnotationPresent(Nullable.class) ? nullable(schema) : schema;
  }

  private Map<String, Object> bare(AnnotatedType annotated, boolean whole) {
    Type type = annotated.getType();
    if (type instanceof Class<?> simple) {
      return of(simple, whole);
    }
    if (annotated instanceof AnnotatedParameterizedType generic
        && type instanceof ParameterizedType shape
        && shape.getRawType() instanceof Class<?> raw) {
      AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
      if (Collection.class.isAssignableFrom(raw)) {
        return ordered("type", "array", "items", of(arguments[0], whole));
      }
      if (Map.class.isAssignableFrom(raw)) {
        return ordered("type", "object", "additionalProperties", of(arguments[1], whole));
      }
    }
    throw new IllegalStateException("No schema is known for " + type);
  }

  private Map<String, Object> of(Class<?> type, boolean whole) {
    Map<String, Object> simple = SIMPLE.get(type);
    if (simple != null) {
      return simple;
    }
    if (type == JsonNode.class || type == Object.class) {
      return Map.of();
    }
    if (type.isEnum()) {
      return ordered(
          "type",
          "string",
          "enum",
          Arrays.stream(type.getEnumConstants()).map(each -> ((Enum<?>) each).name()).toList());
    }
    if (type.isRecord()) {
      return reference(type, whole);
    }
    throw new IllegalStateException("No schema is known for " + type);
  }

  private Map<String, Object> reference(Class<?> type, boolean whole) {
    String name = name(type);
    Class<?> before = named.putIfAbsent(name, type);
    if (before == null) {
      components.put(name, Map.of());
      components.put(name, object(type, whole));
    } else if (before != type) {
      throw new IllegalStateException(before + " and " + type + " have one name");
    }
    return Map.of("$ref", "#/components/schemas/" + name);
  }

  private Map<String, Object> object(Class<?> type, boolean whole) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    members(type, whole, properties, required);
    Map<String, Object> schema = ordered("type", "object", "properties", properties);
    if (whole && !required.isEmpty()) {
      schema.put("required", required);
    }
    if (!whole) {
      schema.put("additionalProperties", false);
    }
    return schema;
  }

  private void members(
      Class<?> type, boolean whole, Map<String, Object> properties, List<String> required) {
    for (RecordComponent component : type.getRecordComponents()) {
      var accessor = component.getAccessor();
      if (accessor.isAnnotationPresent(JsonUnwrapped.class)) {
        members(component.getType(), whole, properties, required);
        continue;
      }
      JsonProperty other = accessor.getAnnotation(JsonProperty.class);
      String name = other == null ? NAMES.member(component.getName()) : other.value();
      properties.put(name, of(component.getAnnotatedType(), whole));
      required.add(name);
    }
  }

  /** An outer type's name before that of its part, without what only says where it belongs. */
  private static String name(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    String own = type.getSimpleName();
    boolean alone = outer == null || own.endsWith("Answer") || !outer.isRecord();
    String whole = alone ? own : name(outer) + own;
    return whole.replace("Answer", "");
  }

  private static Map<String, Object> nullable(Map<String, Object> schema) {
    if (schema.get("type") instanceof String type && !schema.containsKey("enum")) {
      Map<String, Object> either = new LinkedHashMap<>(schema);
      either.put("type", List.of(type, "null"));
      return either;
    }
    return schema.isEmpty() ? schema : Map.of("anyOf", List.of(schema, Map.of("type", "null")));
  }

  /** Keys and values in turn. */
  static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** Names as {@code Json} writes them. */
  private static final class Names extends PropertyNamingStrategies.SnakeCaseStrategy {
    String member(String component) {
      return translate(component);
    }
  }
}
