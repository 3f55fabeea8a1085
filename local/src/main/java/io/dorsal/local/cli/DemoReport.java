package io.dorsal.local.cli;

import io.dorsal.local.demo.LedgerComparison;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo's report for people. */
final class DemoReport {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private DemoReport() {}

  static Map<String, Object> values(JsonNode progress) {
    return progress.isObject()
        ? JSON.convertValue(progress, new TypeReference<Map<String, Object>>() {})
        : Map.of();
  }

  static void print(DemoCommand.Report report) {
    LedgerComparison ledger = report.ledger();
    line("Scan %s: %s", report.scan_id(), report.state());
    line(
        "Archive written in %.1f s, scanned in %.1f s",
        report.write_seconds(), report.scan_seconds());
    line("Rate %.0f files/s from request to completion", report.files_per_second());
    line("Files in the ledger        %8d", ledger.files());
    ledger.accounted().forEach((outcome, count) -> line("  %-24s %8d", outcome, count));
    line("  %-24s %8d", "missing", ledger.missing());
    line("  %-24s %8d", "with other values", ledger.different());
    line("In the database only       %8d", ledger.unexpected());
    ledger.examples().forEach(example -> line("  %s", example));
    line(report.agrees() ? "Every file is accounted for." : "Ledger and database do not agree.");
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private static void line(String format, Object... values) {
    Terminal.report(String.format(Locale.ROOT, format, values));
  }
}
