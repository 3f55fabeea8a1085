package io.dorsal.local.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator would else need curl for: notices, the feed, formats, smaller changes. */
class EveryRouteCommandsTests {

  private static final String ID = "11111111-2222-3333-4444-555555555555";
  private static final String KEY = "99999999-2222-3333-4444-555555555555";
  private static final String ONE = "{\"id\": \"" + ID + "\", \"name\": \"N\"}";

  private FakeApi api;
  private Map<String, String> there;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
    there = Map.of("DORSAL_API", api.address(), "DORSAL_TOKEN", "the-token");
    for (String thing : new String[] {"connections", "sources", "spreadsheet-formats"}) {
      api.says("GET /" + thing + "/" + ID, 200, ONE);
    }
  }

  @AfterEach
  void end() {
    api.close();
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(there, "", arguments);
  }

  @Test
  void noticesAreListedAndRead() {
    String notices =
        """
        {"items": [{"id": "%s", "title": "The secret of P ends within 7 days", "read_at": null},
                   {"id": "%s", "title": "Old", "read_at": "2026-11-21T06:30:00Z"}], "next_cursor": null}
        """
            .formatted(ID, KEY);
    api.says("GET /notices?limit=50", 200, notices).says("GET /notices?limit=200", 200, notices);
    api.says("POST /notices/" + ID + "/read", 204, "");
    assertThat(run("connections", "notices").out()).contains("ends within 7 days", "Old");
    assertThat(run("connections", "notices", "--read", ID).exit()).isZero();
    CommandRun all = run("connections", "notices", "--read", "all");
    assertThat(all.err()).contains("1 notices are read now.");
    assertThat(api.seen()).extracting(FakeApi.Seen::call).doesNotContain("POST /notices/" + KEY);
    assertThat(run("connections", "notices", "--read", "first").exit()).isEqualTo(2);
  }

  @Test
  void theFeedsAddressIsWholeAndCanBeTakenBack() {
    String feed = "/connections/expiry-calendar/feed";
    api.says(
        "POST " + feed, 201, "{\"path\": \"/api/v1/connections/expiry-calendar.ics?token=t\"}");
    api.says("DELETE " + feed, 204, "");
    assertThat(run("connections", "feed").out().strip())
        .isEqualTo(api.address() + "/api/v1/connections/expiry-calendar.ics?token=t");
    assertThat(run("connections", "feed", "--revoke").exit()).isZero();
    assertThat(api.seen().getLast().call()).isEqualTo("DELETE " + feed);
  }

  @Test
  void aConnectionsContainersAreChanged() {
    api.says("PATCH /connections/" + ID, 200, ONE);
    run("connections", "change", ID, "--container", "a", "--container", "b");
    assertThat(api.seen().getLast().body()).isEqualTo("{\"containers\":[\"a\",\"b\"]}");
    assertThat(api.seen().getLast().ifMatch()).isEqualTo("\"v3\"");
    run("connections", "change", ID, "--any-container", "--name", "M");
    assertThat(api.seen().getLast().body()).isEqualTo("{\"name\":\"M\",\"containers\":[]}");
    assertThat(run("connections", "change", ID).exit()).isEqualTo(2);
    assertThat(run("connections", "change", ID, "--any-container", "--container", "a").exit())
        .isEqualTo(2);
  }

  @Test
  void aSourceIsChanged() {
    api.says("PATCH /sources/" + ID, 200, ONE);
    run("sources", "change", ID, "--time-zone", "UTC", "--on-new-files", "scan_only");
    assertThat(api.seen().getLast().body())
        .isEqualTo("{\"time_zone\":\"UTC\",\"on_new_files\":\"SCAN_ONLY\"}");
    assertThat(run("sources", "change", ID).exit()).isEqualTo(2);
  }

  @Test
  void formatsAreKept() {
    api.says("POST /spreadsheet-formats", 201, ONE);
    api.says("PUT /spreadsheet-formats/" + ID, 200, ONE);
    api.says("DELETE /spreadsheet-formats/" + ID, 204, "");
    run("formats", "add", "Log", "--header", "Date", "--header", "Whale ID", "--map", "date=Date");
    assertThat(api.seen().getLast().body())
        .isEqualTo(
            "{\"name\":\"Log\",\"required_headers\":[\"Date\",\"Whale ID\"],"
                + "\"column_mapping\":{\"date\":\"Date\"}}");
    assertThat(run("formats", "show", ID).out()).contains("name\tN");
    run("formats", "replace", ID, "--header", "Day");
    assertThat(api.seen().getLast().body()).contains("\"name\":\"N\"", "[\"Day\"]");
    assertThat(run("formats", "delete", ID).exit()).isEqualTo(2);
    assertThat(run("formats", "delete", ID, "--yes").exit()).isZero();
    assertThat(api.seen().getLast().ifMatch()).isEqualTo("\"v3\"");
    assertThat(run("formats", "add", "Log").exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"--accept, accept", "--dismiss, dismiss"})
  void suggestionsAreDecided(String option, String action) {
    String path = "/scans/" + ID + "/format-suggestions/" + KEY + "/" + action;
    api.says("POST " + path, 204, "");
    assertThat(run("scans", "formats", ID, option, KEY).exit()).isZero();
    assertThat(api.seen().getLast().call()).isEqualTo("POST " + path);
    assertThat(run("scans", "formats", ID, option, "Log").exit()).isEqualTo(2);
  }

  @Test
  void spreadsheetsAndSuggestionsAreListed() {
    api.says(
        "GET /scans/" + ID + "/spreadsheets?limit=50",
        200,
        "{\"items\": [{\"id\": \"1\", \"display_path\": \"a.csv\"}], \"next_cursor\": null}");
    api.says(
        "GET /scans/" + ID + "/format-suggestions?limit=50",
        200,
        "{\"items\": [{\"key\": \"1\", \"name\": \"Log\", \"coverage\": 0.8}], \"next_cursor\":"
            + " null}");
    assertThat(run("scans", "spreadsheets", ID).out()).contains("a.csv");
    assertThat(run("scans", "formats", ID).out()).contains("Log\t\t0.8");
  }
}
