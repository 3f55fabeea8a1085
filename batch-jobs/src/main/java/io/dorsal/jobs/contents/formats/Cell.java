package io.dorsal.jobs.contents.formats;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * One value of a sheet; at most 256 characters.
 *
 * @param kind what the program that wrote it says it is; TEXT for all of a text table
 */
record Cell(Kind kind, String text) {

  static final int LONGEST = 256;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** The types that spreadsheet programs know. */
  enum Kind {
    TEXT,
    NUMBER,
    DATE,
    TIME,
    DATETIME
  }

  static Cell text(String raw) {
    return new Cell(Kind.TEXT, Words.line(raw, LONGEST));
  }

  static Cell number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return new Cell(Kind.NUMBER, whole ? Long.toString((long) value) : Double.toString(value));
  }

  /**
   * A moment as workbooks keep it.
   *
   * @param days since their epoch; below 1 there is a time and no day
   */
  static Cell moment(double days, LocalDateTime moment) {
    LocalDateTime second = moment.plusNanos(500_000_000).truncatedTo(ChronoUnit.SECONDS);
    if (days >= 0 && days < 1) {
      return new Cell(Kind.TIME, TIME.format(second));
    } else if (second.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      return new Cell(Kind.DATE, second.toLocalDate().toString());
    }
    return new Cell(Kind.DATETIME, second.toLocalDate() + " " + TIME.format(second));
  }

  boolean blank() {
    return text.isEmpty();
  }
}
