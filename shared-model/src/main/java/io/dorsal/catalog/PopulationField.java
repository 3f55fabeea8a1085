package io.dorsal.catalog;

import static io.dorsal.catalog.FieldRule.flag;
import static io.dorsal.catalog.FieldRule.fraction;
import static io.dorsal.catalog.FieldRule.oneOf;
import static io.dorsal.catalog.FieldRule.text;
import static io.dorsal.catalog.FieldRule.whole;

import io.dorsal.access.PopulationRole;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A member of a population's settings: its default, and what it may be. */
@SuppressWarnings("ImmutableEnumChecker") // a JSON tree that nobody is handed to change
enum PopulationField {
  NAME(true, "null", text(120)),
  ABBREVIATION("null", FieldRule::abbreviation),
  SPECIES_SCIENTIFIC_NAME(true, "null", text(120)),
  SPECIES_COMMON_NAME("null", text(120)),
  REGION("null", text(200)),
  TIME_ZONE("\"UTC\"", FieldRule::zone),
  JOIN_POLICY("\"REQUEST\"", oneOf(JoinPolicy.values())),
  IDENTIFIER_PATTERN("null", FieldRule::pattern),
  CATEGORIES("[\"dorsal-fin\"]", FieldRule::categories),
  ENCOUNTER_LIMIT("null", whole(1, Integer.MAX_VALUE)),
  SYNC_ENABLED("true", flag()),
  AUTO_TAGGING("false", flag()),
  CAN_SUGGEST_NEW_INDIVIDUALS("true", flag()),
  DIRECT_UPLOAD("true", flag()),
  AUTO_CONFIRM_THRESHOLD("0.95", fraction(0.50)),
  CORROBORATION_THRESHOLD("0.6", fraction(0.30)),
  METRIC_SAMPLE_THRESHOLD("100", whole(10, 10_000)),
  /** Its default is the day on which the population became active. */
  METRIC_BASELINE_DATE("null", FieldRule::day),
  EXPORT_LOCATION_PRECISION("\"KM_10\"", oneOf(LocationPrecision.values())),
  DOWNLOAD_ORIGINAL_MIN_ROLE("\"ADMINISTRATOR\"", oneOf(aboveViewer()));

  private final boolean required;
  private final JsonNode initial;
  private final FieldRule rule;

  PopulationField(String initial, FieldRule rule) {
    this(false, initial, rule);
  }

  PopulationField(boolean required, String initial, FieldRule rule) {
    this.required = required;
    this.initial = JsonMapper.shared().readTree(initial);
    this.rule = rule;
  }

  private static PopulationRole[] aboveViewer() {
    List<PopulationRole> roles = Arrays.asList(PopulationRole.values());
    return roles.subList(1, roles.size()).toArray(PopulationRole[]::new);
  }

  /** The member's name. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean required() {
    return required;
  }

  JsonNode initial() {
    return initial;
  }

  FieldRule rule() {
    return rule;
  }
}
