package io.dorsal.local.operator;

import tools.jackson.databind.JsonNode;

/** What the doctor found, for people. */
final class DoctorReport {

  private static final Columns REPORT =
      Columns.of("status", "capabilities", "expires=expires_at:time", "at:time", "duration_ms");

  private static final Columns STEPS =
      Columns.of(
          "step=name", "status", "ms=duration_ms", "azure_code", "azure_request=azure_request_id");

  private DoctorReport() {}

  /** Shows it; returns {@link ExitCodes#NOT_WELL} where neither scan nor sync could use it. */
  static int show(Screen screen, JsonNode report) {
    screen.show(report, REPORT);
    if (!screen.json()) {
      screen.rows(report.path("steps"), STEPS);
    }
    for (JsonNode finding : report.path("findings")) {
      ConnectionReport.finding(screen, finding);
    }
    return ConnectionReport.exitCode(report);
  }
}
