package io.dorsal.discovery;

import io.dorsal.connections.Connection;
import io.dorsal.problem.Validation;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the fields of a source may hold. */
final class SourceRules {

  private SourceRules() {}

  static void check(SourceRequest request) {
    new Validation()
        .check(
            request.connectionId() != null,
            "connection_id",
            "REQUIRED",
            "connection_id is required.")
        .check(isName(request.name()), "name", "LENGTH", "name needs 1 to 100 characters.")
        .check(
            request.container() != null && Connection.isContainerName(request.container()),
            "container",
            "INVALID",
            "container needs 3 to 63 lower-case letters, digits and single hyphens.")
        .check(
            request.prefix() == null
                || (Validation.isKeepable(request.prefix()) && length(request.prefix()) <= 1_024),
            "prefix",
            "LENGTH",
            "prefix has at most 1,024 characters.")
        .check(
            request.timeZone() == null || isZone(request.timeZone()),
            "time_zone",
            "UNKNOWN_VALUE",
            "time_zone must be an IANA zone such as Europe/Berlin.")
        .check(
            request.onNewFiles() == null || isHabit(request.onNewFiles()),
            "on_new_files",
            "UNKNOWN_VALUE",
            "on_new_files must be SCAN_ONLY or SCAN_AND_REMATERIALIZE.")
        .orThrow();
  }

  static void check(SourceChange change) {
    JsonNode zone = change.timeZone();
    JsonNode population = change.populationId();
    new Validation()
        .check(
            change.name() == null || isName(change.name()),
            "name",
            "LENGTH",
            "name needs 1 to 100 characters.")
        .check(
            zone == null || zone.isNull() || (zone.isString() && isZone(zone.asString())),
            "time_zone",
            "UNKNOWN_VALUE",
            "time_zone must be an IANA zone such as Europe/Berlin, or null.")
        .check(
            change.onNewFiles() == null || isHabit(change.onNewFiles()),
            "on_new_files",
            "UNKNOWN_VALUE",
            "on_new_files must be SCAN_ONLY or SCAN_AND_REMATERIALIZE.")
        .check(
            population == null || population.isNull() || isId(population),
            "population_id",
            "WRONG_TYPE",
            "population_id must be a UUID or null.")
        .check(
            change.state() == null || change.state().matches("ACTIVE|PAUSED"),
            "state",
            "UNKNOWN_VALUE",
            "state must be ACTIVE or PAUSED; DELETE removes a source.")
        .orThrow();
  }

  /** Whether the clocks of a place are meant: an IANA name, no bare offset. */
  static boolean isZone(@Nullable String name) {
    return name != null && ZoneId.getAvailableZoneIds().contains(name);
  }

  private static boolean isName(@Nullable String name) {
    return name != null && Validation.isText(name) && length(name.strip()) <= 100;
  }

  private static boolean isHabit(String name) {
    return Arrays.stream(OnNewFiles.values()).anyMatch(each -> each.name().equals(name));
  }

  private static boolean isId(JsonNode node) {
    String hex = "[0-9a-fA-F]";
    return node.isString()
        && node.asString().matches(hex + "{8}(-" + hex + "{4}){3}-" + hex + "{12}");
  }

  static @Nullable UUID id(JsonNode node) {
    return node.isNull() ? null : UUID.fromString(node.asString());
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
