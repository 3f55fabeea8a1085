package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CalendarFileTests {

  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");

  private static ExpiryCalendar.Entry entry(String name) {
    Instant end = Instant.parse("2026-12-20T12:30:00Z");
    return new ExpiryCalendar.Entry(
        new UUID(0, 1),
        name,
        "SAS",
        3,
        end,
        ExpiryBand.daysLeft(end, NOW),
        ExpiryBand.of(end, NOW),
        new ConnectionUse.Uses(2, 1, List.of(), List.of()));
  }

  @Test
  void everyEndIsAnEvent() {
    assertThat(CalendarFile.of(List.of(entry("Whales")), NOW).split("\r\n"))
        .containsExactly(
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Dorsal//Expiry calendar//EN",
            "X-WR-CALNAME:Dorsal: credentials that end",
            "BEGIN:VEVENT",
            "UID:00000000-0000-0000-0000-000000000001-3@dorsal",
            "DTSTAMP:20261121T060000Z",
            "DTSTART:20261220T123000Z",
            "SUMMARY:SAS of Whales ends",
            "DESCRIPTION:Replace it before\\; after that scans and sync stop.\\nSources: 2",
            " \\nSchedules: 1\\nRuns: 0",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR");
  }

  @Test
  void namesAreEscapedSoThatTheyAddNoLines() {
    String file = CalendarFile.of(List.of(entry("a,b;c\\d\r\nEND:VCALENDAR\u0007")), NOW);
    assertThat(file).contains("SUMMARY:SAS of a\\,b\\;c\\\\d\\nEND:VCALENDAR ends\r\n");
  }

  @Test
  void linesAreFoldedAt75OctetsBetweenCharacters() {
    String name = "🐋é".repeat(50);
    String file = CalendarFile.of(List.of(entry(name)), NOW);
    assertThat(file.split("\r\n"))
        .allSatisfy(
            line -> {
              assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75);
              assertThat(line).doesNotContain("\ufffd");
            });
    assertThat(file.replace("\r\n ", "")).contains("SUMMARY:SAS of " + name + " ends\r\n");
  }
}
