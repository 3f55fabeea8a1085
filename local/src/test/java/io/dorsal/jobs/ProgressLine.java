package io.dorsal.jobs;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A worker's log line on how far a scan is, in exactly the form of section 2.3 of the spec. */
record ProgressLine(
    Instant at,
    long done,
    long total,
    String percent,
    UUID scan,
    int partition,
    int partitions,
    long unreadable) {

  private static final Pattern FORM =
      Pattern.compile(
          "Scanned (\\d+)/(\\d+) files \\((\\d+\\.\\d%)\\) rate=(?:unknown|\\d+\\.\\d)/s"
              + " eta=(?:unknown|\\d+h\\d\\dm|\\d{1,2}m\\d\\ds|\\d{1,2}s)"
              + " scan=([0-9a-f-]{36}) partition=(\\d+)/(\\d+) unreadable=(\\d+)");

  /**
   * The line; empty where it says something else.
   *
   * @throws AssertionError when it means to be one and has another form
   */
  static Optional<ProgressLine> parse(String text) {
    if (!text.contains("\"Scanned ")) {
      return Optional.empty();
    }
    JsonNode json = JsonMapper.shared().readTree(text);
    Matcher line = FORM.matcher(json.path("message").asString());
    if (!line.matches()
        || !json.path("level").asString().equals("INFO")
        || !json.path("logger").asString().equals("io.dorsal.scan")
        || !json.path("service").asString().equals("dorsal-worker")
        || !json.path("trace_id").asString().matches("[0-9a-f]{32}")
        || !json.path("span_id").asString().matches("[0-9a-f]{16}")) {
      throw new AssertionError("Not the form of 2.3: " + text);
    }
    return Optional.of(
        new ProgressLine(
            Instant.parse(json.path("ts").asString()),
            Long.parseLong(line.group(1)),
            Long.parseLong(line.group(2)),
            line.group(3),
            UUID.fromString(line.group(4)),
            Integer.parseInt(line.group(5)),
            Integer.parseInt(line.group(6)),
            Long.parseLong(line.group(7))));
  }
}
