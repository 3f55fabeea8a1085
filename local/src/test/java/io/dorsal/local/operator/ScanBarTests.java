package io.dorsal.local.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScanBarTests {

  @Test
  void inspectionShowsBarRateAndTimeLeft() {
    JsonNode scan =
        scan(
            "INSPECTING",
            "\"inspected\": 50000, \"to_inspect\": 132565, \"rate_per_s\": 142.6,"
                + " \"eta_seconds\": 579, \"unreadable\": 12");
    assertThat(ScanBar.line(scan, true))
        .isEqualTo(
            "Inspecting [#########...............] 50000/132565 (37.7%) 142.6/s, 9m39s left, 12"
                + " unreadable");
    assertThat(ScanBar.line(scan, false)).startsWith("Inspecting 50000/132565 (37.7%)");
  }

  @Test
  void itIsNotDoneBeforeTheLastFile() {
    JsonNode scan = scan("INSPECTING", "\"inspected\": 132564, \"to_inspect\": 132565");
    assertThat(ScanBar.line(scan, true)).contains("#.]").endsWith("(99.9%)");
  }

  @Test
  void aLostWorkerIsSaid() {
    JsonNode scan = scan("INSPECTING", "\"worker_status\": \"LOST\"");
    assertThat(ScanBar.line(scan, true)).isEqualTo("Worker lost. It continues.");
  }

  @ParameterizedTest
  @CsvSource({
    "REQUESTED, Waiting for a worker, false",
    "LISTING, 'Listing, 7 files so far', false",
    "COMPLETED, COMPLETED, true",
    "PAUSED_AUTH, PAUSED_AUTH, true",
    "FAILED, FAILED, true",
    "CANCELED, CANCELED, true"
  })
  void everyStateHasItsWords(String state, String words, boolean rest) {
    JsonNode scan = scan(state, "\"listed\": 7");
    assertThat(ScanBar.line(scan, true)).isEqualTo(words);
    assertThat(ScanBar.atRest(scan)).isEqualTo(rest);
  }

  @ParameterizedTest
  @CsvSource({"0, 0s", "59, 59s", "60, 1m00s", "579, 9m39s", "3600, 1h00m", "90061, 25h01m"})
  void durationsReadAsInTheLog(long seconds, String text) {
    assertThat(ScanBar.duration(seconds)).isEqualTo(text);
  }

  private static JsonNode scan(String state, String progress) {
    return JsonMapper.shared()
        .readTree(
            "{\"state\": \"%s\", \"message\": \"Worker lost. It continues.\", \"progress\": {%s}}"
                .formatted(state, progress));
  }
}
