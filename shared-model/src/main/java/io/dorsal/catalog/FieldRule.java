package io.dorsal.catalog;

import io.dorsal.problem.Validation;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** What a field may be. */
@FunctionalInterface
interface FieldRule {

  int MOST_CATEGORIES = 100;

  /**
   * The value as it is kept.
   *
   * @param given never JSON null
   * @param faults told what is wrong; then the value that is returned does not matter
   */
  JsonNode taken(String field, JsonNode given, Validation faults);

  /** Written text of at most so many characters. */
  static FieldRule text(int most) {
    return (field, given, faults) -> {
      String text = given.isString() ? Texts.clean(given.asString()) : "";
      boolean fits = given.isString() && Validation.isText(text) && Texts.length(text) <= most;
      require(fits, field, "INVALID", "text of 1 to " + most + " characters", faults);
      return StringNode.valueOf(text);
    };
  }

  static FieldRule flag() {
    return (field, given, faults) -> {
      require(given.isBoolean(), field, "WRONG_TYPE", "true or false", faults);
      return given;
    };
  }

  static FieldRule whole(int least, int most) {
    String range =
        most == Integer.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most;
    return (field, given, faults) -> {
      boolean fits =
          given.isIntegralNumber()
              && given.canConvertToInt()
              && given.asInt() >= least
              && given.asInt() <= most;
      require(fits, field, "OUT_OF_RANGE", "a whole number " + range, faults);
      return given;
    };
  }

  /** A number from there to 1 in steps of 0.01. */
  static FieldRule fraction(double least) {
    return (field, given, faults) -> {
      boolean fits =
          given.isNumber()
              && given.asDouble() >= least
              && given.asDouble() <= 1
              && BigDecimal.valueOf(given.asDouble()).stripTrailingZeros().scale() <= 2;
      require(
          fits, field, "OUT_OF_RANGE", "a number from " + least + " to 1 in steps of 0.01", faults);
      return given;
    };
  }

  static FieldRule oneOf(Enum<?>... values) {
    List<String> names = Arrays.stream(values).map(Enum::name).toList();
    return (field, given, faults) -> {
      boolean fits = given.isString() && names.contains(given.asString());
      require(fits, field, "INVALID", "one of " + String.join(", ", names), faults);
      return given;
    };
  }

  static JsonNode abbreviation(String field, JsonNode given, Validation faults) {
    String text = given.isString() ? Texts.clean(given.asString()) : "";
    require(
        text.matches("[A-Z0-9]{2,10}"),
        field,
        "INVALID",
        "2 to 10 of the characters A to Z and 0 to 9",
        faults);
    return StringNode.valueOf(text);
  }

  static JsonNode zone(String field, JsonNode given, Validation faults) {
    require(
        given.isString() && ZoneId.getAvailableZoneIds().contains(given.asString()),
        field,
        "TIME_ZONE_UNKNOWN",
        "a zone of the IANA database such as Africa/Nairobi",
        faults);
    return given;
  }

  static JsonNode day(String field, JsonNode given, Validation faults) {
    require(
        given.isString() && isDay(given.asString()), field, "INVALID", "a day YYYY-MM-DD", faults);
    return given;
  }

  private static boolean isDay(String text) {
    try {
      return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") && LocalDate.parse(text).getYear() > 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  static JsonNode pattern(String field, JsonNode given, Validation faults) {
    String wrong =
        given.isString() ? IdentifierPattern.fault(given.asString()) : "It is no string.";
    if (wrong != null) {
      faults.reject(
          field,
          "PATTERN_INVALID",
          field + " must be a regular expression of RE2, at most 200 characters. " + wrong);
    }
    return given;
  }

  /** The ones Dorsal knows have the form of those that people make up. */
  static JsonNode categories(String field, JsonNode given, Validation faults) {
    if (!given.isArray() || given.isEmpty() || given.size() > MOST_CATEGORIES) {
      require(false, field, "INVALID", "a list of 1 to " + MOST_CATEGORIES + " names", faults);
      return given;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      JsonNode each = given.get(i);
      if (!each.isString() || !each.asString().matches("[a-z0-9-]{2,40}")) {
        faults.rejectAt(
            "/" + field + "/" + i,
            "INVALID",
            "A category has 2 to 40 of the characters a to z, 0 to 9 and -.");
      } else if (!seen.add(each.asString())) {
        faults.rejectAt("/" + field + "/" + i, "DUPLICATE", "This category stands there twice.");
      }
    }
    return given;
  }

  private static void require(
      boolean fits, String field, String code, String wanted, Validation faults) {
    faults.check(fits, field, code, field + " must be " + wanted + ".");
  }
}
