package io.dorsal.jobs;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
          "(\\S+) INFO  \\[[0-9a-f]{32},[0-9a-f]{16}] io\\.dorsal\\.scan - "
              + "Scanned (\\d+)/(\\d+) files \\((\\d+\\.\\d%)\\) rate=(?:unknown|\\d+\\.\\d)/s"
              + " eta=(?:unknown|\\d+h\\d\\dm|\\d{1,2}m\\d\\ds|\\d{1,2}s)"
              + " scan=([0-9a-f-]{36}) partition=(\\d+)/(\\d+) unreadable=(\\d+)");

  /**
   * The line; empty where it says something else.
   *
   * @throws AssertionError when it means to be one and has another form
   */
  static Optional<ProgressLine> parse(String text) {
    if (!text.contains(" Scanned ")) {
      return Optional.empty();
    }
    Matcher line = FORM.matcher(text);
    if (!line.matches()) {
      throw new AssertionError("Not the form of 2.3: " + text);
    }
    return Optional.of(
        new ProgressLine(
            OffsetDateTime.parse(line.group(1)).toInstant(),
            Long.parseLong(line.group(2)),
            Long.parseLong(line.group(3)),
            line.group(4),
            UUID.fromString(line.group(5)),
            Integer.parseInt(line.group(6)),
            Integer.parseInt(line.group(7)),
            Long.parseLong(line.group(8))));
  }
}
