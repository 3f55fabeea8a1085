package io.dorsal.catalog;

import io.dorsal.problem.Validation;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A population's settings as JSON, and what a patch makes of them. */
final class PopulationRules {

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private PopulationRules() {}

  static String json(PopulationSettings settings) {
    return JSON.writeValueAsString(settings);
  }

  static PopulationSettings of(String json) {
    return JSON.readValue(json, PopulationSettings.class);
  }

  /** By member; what the audit log compares. */
  static Map<String, Object> members(PopulationSettings settings) {
    return JSON.convertValue(settings, new TypeReference<>() {});
  }

  /**
   * The settings with what is wanted.
   *
   * @param before null for those of a new population
   * @param faults told what is wrong; where it is told anything, null is returned
   */
  static @Nullable PopulationSettings with(
      @Nullable PopulationSettings before, PopulationWanted wanted, Validation faults) {
    ObjectNode members = before == null ? initial() : (ObjectNode) JSON.valueToTree(before);
    wanted
        .given()
        .forEach(
            (field, given) ->
                members.set(
                    field.key(),
                    given.isNull()
                        ? field.initial()
                        : field.rule().taken(field.key(), given, faults)));
    Arrays.stream(PopulationField.values())
        .filter(field -> field.required() && members.path(field.key()).isNull())
        .forEach(field -> faults.reject(field.key(), "REQUIRED", field.key() + " is required."));
    return faults.isEmpty() ? JSON.treeToValue(members, PopulationSettings.class) : null;
  }

  /** The same settings with that day as the beginning of its metrics. */
  static PopulationSettings beginning(PopulationSettings settings, @Nullable LocalDate day) {
    ObjectNode members = (ObjectNode) JSON.valueToTree(settings);
    members.put(PopulationField.METRIC_BASELINE_DATE.key(), day == null ? null : day.toString());
    return JSON.treeToValue(members, PopulationSettings.class);
  }

  private static ObjectNode initial() {
    ObjectNode members = JSON.createObjectNode();
    Arrays.stream(PopulationField.values())
        .forEach(field -> members.set(field.key(), field.initial()));
    return members;
  }
}
