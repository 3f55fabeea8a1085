package io.dorsal.local.operator;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A connection for people, and whether it is well. */
final class ConnectionReport {

  private static final Columns CONNECTION =
      Columns.of(
          "id",
          "name",
          "kind",
          "account=account_name",
          "endpoint=blob_endpoint",
          "containers",
          "auth=auth_type",
          "status",
          "capabilities",
          "expires=expires_at:time",
          "secret_version",
          "secret_fingerprint",
          "sas",
          "checked=checked_at:time",
          "created_by",
          "created=created_at:time");

  private ConnectionReport() {}

  /** Shows it; returns {@link ExitCodes#NOT_WELL} where neither scan nor sync could use it. */
  static int show(Screen screen, JsonNode connection) {
    screen.show(connection, CONNECTION);
    finding(screen, connection.path("finding"));
    return exitCode(connection);
  }

  /** {@link ExitCodes#NOT_WELL} for a connection or report that says so. */
  static int exitCode(JsonNode connection) {
    return switch (connection.path("status").asString("")) {
      case "BROKEN", "EXPIRED" -> ExitCodes.NOT_WELL;
      default -> ExitCodes.DONE;
    };
  }

  /** What was found, and the sentence that mends it. */
  static void finding(Screen screen, JsonNode finding) {
    if (finding.isObject()) {
      lines(finding).forEach(screen::say);
    }
  }

  private static List<String> lines(JsonNode finding) {
    String level = finding.path("level").asString("FAIL");
    return List.of(
        level
            + " "
            + finding.path("code").asString("")
            + ": "
            + finding.path("detail").asString(""),
        "  Fix: " + finding.path("fix").asString(""));
  }
}
