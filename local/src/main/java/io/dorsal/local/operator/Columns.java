package io.dorsal.local.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Which members of the API's answers are shown, and how. Written as {@code title=member:kind},
 * where a member may be a path with dots; {@code member} alone is its own title. Kinds: {@code
 * size} (bytes), {@code time}; everything else is shown as it is. Immutable.
 */
record Columns(List<Column> columns) {

  enum Kind {
    TEXT,
    SIZE,
    TIME
  }

  record Column(String title, String pointer, Kind kind) {

    private static Column of(String written) {
      String[] named = written.split("=", 2);
      String[] kind = named[named.length - 1].split(":", 2);
      String title = named.length == 2 ? named[0] : kind[0];
      return new Column(
          title,
          "/" + kind[0].replace('.', '/'),
          kind.length == 2 ? Kind.valueOf(kind[1].toUpperCase(Locale.ROOT)) : Kind.TEXT);
    }
  }

  static Columns of(String... columns) {
    return new Columns(Arrays.stream(columns).map(Column::of).toList());
  }

  /** Titles over a list: capitals, blanks for underscores. */
  List<String> titles() {
    return columns.stream()
        .map(column -> column.title().replace('_', ' ').toUpperCase(Locale.ROOT))
        .toList();
  }

  /** One row of a list. */
  List<String> row(JsonNode item, boolean terminal) {
    return columns.stream().map(column -> cell(item, column, terminal)).toList();
  }

  /** Member by member, without those that say nothing. */
  List<List<String>> details(JsonNode item, boolean terminal) {
    List<List<String>> rows = new ArrayList<>();
    for (Column column : columns) {
      String value = cell(item, column, terminal);
      if (!value.isEmpty()) {
        rows.add(List.of(terminal ? column.title().replace('_', ' ') : column.title(), value));
      }
    }
    return rows;
  }

  private static String cell(JsonNode item, Column column, boolean terminal) {
    JsonNode value = item.at(column.pointer());
    return switch (column.kind()) {
      case TEXT -> text(value);
      case SIZE -> terminal && value.isNumber() ? size(value.asLong()) : text(value);
      case TIME -> terminal ? time(text(value)) : text(value);
    };
  }

  /** Lists are joined by commas, objects as {@code member value} pairs. */
  static String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (value.isArray()) {
      return String.join(", ", value.valueStream().map(Columns::text).toList());
    }
    if (value.isObject()) {
      return String.join(
          ", ",
          value
              .propertyStream()
              .filter(member -> !member.getValue().isNull())
              .map(member -> member.getKey() + " " + text(member.getValue()))
              .toList());
    }
    return value.asString();
  }

  /** Bytes with at most four figures. */
  static String size(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    double number = bytes;
    int unit = 0;
    while (number >= 1000 && unit < units.length - 1) {
      number /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, number < 10 ? "%.1f %s" : "%.0f %s", number, units[unit]);
  }

  /** An instant to the second: {@code 2026-11-21 06:30:00 UTC}. */
  static String time(String instant) {
    return instant.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z")
        ? instant.substring(0, 10) + " " + instant.substring(11, 19) + " UTC"
        : instant;
  }
}
