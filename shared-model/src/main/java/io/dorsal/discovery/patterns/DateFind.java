package io.dorsal.discovery.patterns;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A date in a name, as written: it may be none.
 *
 * @param month 0 where only a year is written
 * @param day 0 where only a year and month are written
 * @param end behind its last character
 */
record DateFind(DateFormat format, int year, int month, int day, int start, int end) {

  private static final int EARLIEST = 1900;

  /** Whether it is a date between 1900 and the latest day a picture can have. */
  boolean plausible(LocalDate latest) {
    LocalDate first = first();
    return first != null && year >= EARLIEST && !first.isAfter(latest);
  }

  /** Whether it is that day, or the month or year of it. */
  boolean holds(LocalDate taken) {
    return year == taken.getYear()
        && (month == 0 || month == taken.getMonthValue())
        && (day == 0 || day == taken.getDayOfMonth());
  }

  /**
   * How it is shown.
   *
   * @param name in which it was found
   */
  String sample(String name) {
    if (!format.separator().equals(DateFormat.FOLDERS)) {
      return name;
    }
    String month = String.format(Locale.ROOT, "%04d/%02d", year, this.month);
    return format.order() == DateFormat.Order.YM
        ? month
        : month + String.format(Locale.ROOT, "/%02d", day);
  }

  /** Its day, or the first of its month or year; null where the calendar has none. */
  private @Nullable LocalDate first() {
    boolean monthMissing = format.order() == DateFormat.Order.Y;
    boolean dayMissing = monthMissing || format.order() == DateFormat.Order.YM;
    try {
      return LocalDate.of(year, monthMissing ? 1 : month, dayMissing ? 1 : day);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
