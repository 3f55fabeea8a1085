package io.dorsal.connections;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Writes the expiry calendar as iCalendar (RFC 5545). Pure. */
public final class CalendarFile {

  /** RFC 5545, section 3.1: a line has at most 75 octets before its CRLF. */
  private static final int LONGEST_LINE = 75;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private CalendarFile() {}

  /**
   * @param written the time stamp of every event
   */
  public static String of(List<ExpiryCalendar.Entry> entries, Instant written) {
    var text = new StringBuilder();
    line(text, "BEGIN:VCALENDAR");
    line(text, "VERSION:2.0");
    line(text, "PRODID:-//Dorsal//Expiry calendar//EN");
    line(text, "X-WR-CALNAME:Dorsal: credentials that end");
    for (ExpiryCalendar.Entry entry : entries) {
      line(text, "BEGIN:VEVENT");
      line(text, "UID:" + entry.connectionId() + "-" + entry.secretVersion() + "@dorsal");
      line(text, "DTSTAMP:" + TIME.format(written));
      line(text, "DTSTART:" + TIME.format(entry.expiresAt()));
      line(text, "SUMMARY:" + escaped(entry.credential() + " of " + entry.name() + " ends"));
      line(text, "DESCRIPTION:" + escaped(description(entry)));
      line(text, "TRANSP:TRANSPARENT");
      line(text, "END:VEVENT");
    }
    line(text, "END:VCALENDAR");
    return text.toString();
  }

  private static String description(ExpiryCalendar.Entry entry) {
    return "Replace it before; after that scans and sync stop.\nSources: %d\nSchedules: %d\nRuns: %d"
        .formatted(
            entry.affected().sources(),
            entry.affected().schedules(),
            entry.affected().scans().size() + entry.affected().runs().size());
  }

  /** RFC 5545, section 3.3.11; other control characters have no place in a text value. */
  static String escaped(String value) {
    return value
        .replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replaceAll("\r\n|\r|\n", "\\\\n")
        .replaceAll("[\\x00-\\x08\\x0b-\\x1f\\x7f]", "");
  }

  /** A character is never torn: each goes to the next line whole. */
  private static void line(StringBuilder text, String content) {
    int octets = 0;
    for (int i = 0; i < content.length(); i += Character.charCount(content.codePointAt(i))) {
      String next = Character.toString(content.codePointAt(i));
      int length = next.getBytes(StandardCharsets.UTF_8).length;
      if (octets + length > LONGEST_LINE) {
        text.append("\r\n ");
        octets = 1;
      }
      text.append(next);
      octets += length;
    }
    text.append("\r\n");
  }
}
