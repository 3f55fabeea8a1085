package io.dorsal.local.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is shown of reports, calendars, guards and patterns. */
class ExaminationCommandsTests {

  private static final String ID = "11111111-2222-3333-4444-555555555555";
  private static final String REPORT =
      """
      {"id": "1", "at": "2026-11-21T06:30:12Z", "duration_ms": 900, "status": "EXPIRED",
       "capabilities": {"list": "FAIL", "read": "UNKNOWN"},
       "steps": [{"name": "parse", "status": "FAIL", "duration_ms": 1},
                 {"name": "list", "status": "SKIP", "duration_ms": 0}],
       "findings": [{"code": "SAS_EXPIRED", "level": "FAIL", "detail": "It ended.", "fix": "Renew it."}]}
      """;

  private FakeApi api;
  private Map<String, String> there;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
    api.says("GET /connections/" + ID, 200, "{\"id\": \"" + ID + "\"}");
    there = Map.of("DORSAL_API", api.address(), "DORSAL_TOKEN", "the-token");
  }

  @AfterEach
  void end() {
    api.close();
  }

  @Test
  void theDoctorShowsStepsFindingsAndFixes() {
    api.says("POST /connections/" + ID + "/doctor", 200, REPORT);
    CommandRun run = CommandRun.of(there, "", "connections", "doctor", ID);
    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.out()).contains("status\tEXPIRED", "parse\tFAIL\t1", "list\tSKIP\t0");
    assertThat(run.err()).contains("FAIL SAS_EXPIRED: It ended.", "Fix: Renew it.");
  }

  @Test
  void aDryRunStoresNothing() {
    api.says("POST /connections/doctor", 200, REPORT.replace("EXPIRED", "WARNING"));
    CommandRun run =
        CommandRun.of(
            there, "sv=1&sig=MARKER", "connections", "add", "P", "--secret-stdin", "--dry-run");
    assertThat(run.exit()).isZero();
    assertThat(run.all()).doesNotContain("MARKER");
    assertThat(api.seen()).hasSize(1);
  }

  @Test
  void theCalendarShowsWhatHangsOnASecret() {
    api.says(
        "GET /connections/expiry-calendar?days=30",
        200,
        """
        {"items": [{"name": "Photos", "credential": "SAS", "days_left": 3, "band": "7",
                    "expires_at": "2026-11-24T00:00:00Z", "affected": {"sources": 2, "runs": 0}}]}
        """);
    CommandRun run = CommandRun.of(there, "", "connections", "calendar", "--days", "30");
    assertThat(run.out()).startsWith("7\t3\t2026-11-24T00:00:00Z\tPhotos\tSAS\tsources 2, runs 0");
  }

  @Test
  void aGuardIsDecidedByOneOfTwoWords() {
    api.says(
        "POST /scans/" + ID + "/guard", 200, "{\"id\": \"" + ID + "\", \"state\": \"COMPLETED\"}");
    assertThat(CommandRun.of(there, "", "scans", "guard", ID, "CONFIRM").exit()).isZero();
    assertThat(api.seen().getLast().body()).isEqualTo("{\"decision\":\"CONFIRM\"}");
    assertThat(CommandRun.of(there, "", "scans", "guard", ID, "MAYBE").exit()).isEqualTo(2);
  }

  @Test
  void patternsAreListedOnceTheyAreThere() {
    String path = "GET /scans/" + ID + "/patterns";
    api.says(path, 200, "{\"detected_at\": null, \"items\": []}");
    CommandRun early = CommandRun.of(there, "", "scans", "patterns", ID);
    assertThat(early.err()).contains("not been looked at yet");
    api.says(
        path + "?type=DATE",
        200,
        """
        {"detected_at": "2026-11-21T06:30:12Z", "items": [{"type": "DATE", "confidence": 0.92,
          "depth": 2, "matched": 9, "names": 10, "pattern": "/*/{date}/", "notes": [], "samples": []}]}
        """);
    CommandRun run = CommandRun.of(there, "", "scans", "patterns", ID, "--type", "date");
    assertThat(run.out()).startsWith("DATE\t0.92\t2\t9\t10\t/*/{date}/");
  }
}
