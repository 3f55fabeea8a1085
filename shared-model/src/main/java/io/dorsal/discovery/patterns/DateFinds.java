package io.dorsal.discovery.patterns;

import io.dorsal.discovery.patterns.DateFormat.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds dates in a name in one pass over its runs of digits. */
final class DateFinds {

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final String SEPARATORS = "-_.";
  private static final int MOST = 8;

  private final String name;
  private final List<DateFind> finds = new ArrayList<>(2);

  private DateFinds(String name) {
    this.name = name;
  }

  /** The first date of each format. */
  static List<DateFind> in(String name) {
    DateFinds scan = new DateFinds(name);
    int at = 0;
    while (at < name.length() && scan.finds.size() < MOST) {
      at = digit(name, at) ? scan.read(at, digitsEnd(name, at)) : at + 1;
    }
    return scan.finds;
  }

  static boolean digit(String name, int at) {
    return at < name.length() && name.charAt(at) >= '0' && name.charAt(at) <= '9';
  }

  /** Where the run of digits that holds this place ends. */
  static int digitsEnd(String name, int from) {
    int at = from;
    while (digit(name, at)) {
      at++;
    }
    return at;
  }

  /** Reads what begins with this run of digits; returns where to go on. */
  private int read(int start, int end) {
    return switch (end - start) {
      case 1 -> named(start, end);
      case 2 -> dayFirst(start, end);
      case 4 -> yearFirst(start, end);
      case 8 -> compact(start, end);
      case 12, 14, 17 -> stamp(start, end);
      default -> end;
    };
  }

  private int yearFirst(int start, int end) {
    if (!century(start)) {
      return end;
    }
    String separator = separator(end);
    int month = end + 1;
    if (separator != null && digitsEnd(name, month) == month + 2) {
      boolean goesOn = separator.equals(separator(month + 2)) && digit(name, month + 3);
      if (goesOn && digitsEnd(name, month + 3) == month + 5) {
        int day = number(month + 3, 2);
        add(Order.YMD, separator, start, number(start, 4), number(month, 2), day, month + 5);
        return month + 5;
      }
      if (!goesOn) {
        add(Order.YM, separator, start, number(start, 4), number(month, 2), 0, month + 2);
        return month + 2;
      }
    }
    add(Order.Y, "", start, number(start, 4), 0, 0, end);
    return end;
  }

  private int dayFirst(int start, int end) {
    String separator = separator(end);
    int second = end + 1;
    int year = second + 3;
    if (separator == null
        || digitsEnd(name, second) != second + 2
        || !separator.equals(separator(second + 2))
        || digitsEnd(name, year) != year + 4
        || !century(year)) {
      return named(start, end);
    }
    both(separator, start, number(start, 2), number(second, 2), number(year, 4), year + 4);
    return year + 4;
  }

  private int named(int start, int end) {
    String separator = name.startsWith("-", end) ? "-" : "";
    int word = end + separator.length();
    int year = word + 3 + separator.length();
    if (year + 4 > name.length()
        || !name.startsWith(separator, word + 3)
        || digitsEnd(name, year) != year + 4
        || !century(year)) {
      return end;
    }
    int month = MONTHS.indexOf(name.substring(word, word + 3).toLowerCase(Locale.ROOT));
    if (month < 0) {
      return end;
    }
    int day = number(start, end - start);
    add(Order.NAMED, separator, start, number(year, 4), month + 1, day, year + 4);
    return year + 4;
  }

  /** Eight digits: the year leads unless that gives no date and a year ends them. */
  private int compact(int start, int end) {
    int month = number(start + 4, 2);
    int day = number(start + 6, 2);
    boolean date = month >= 1 && month <= 12 && day >= 1 && day <= 31;
    if (century(start) && (date || !century(start + 4))) {
      add(Order.YMD, "", start, number(start, 4), month, day, end);
    } else if (century(start + 4)) {
      both("", start, number(start, 2), number(start + 2, 2), number(start + 4, 4), end);
    }
    return end;
  }

  /** A date and a time in one run; only where the date is one. */
  private int stamp(int start, int end) {
    int month = number(start + 4, 2);
    int day = number(start + 6, 2);
    if (century(start) && month >= 1 && month <= 12 && day >= 1 && day <= 31) {
      add(Order.YMD, "", start, number(start, 4), month, day, start + 8);
    }
    return end;
  }

  private void both(String separator, int start, int first, int second, int year, int end) {
    add(Order.DMY, separator, start, year, second, first, end);
    add(Order.MDY, separator, start, year, first, second, end);
  }

  private void add(
      Order order, String separator, int start, int year, int month, int day, int end) {
    DateFormat format = new DateFormat(order, separator);
    if (finds.stream().noneMatch(find -> find.format().equals(format))) {
      finds.add(new DateFind(format, year, month, day, start, end));
    }
  }

  private boolean century(int at) {
    return name.startsWith("19", at) || name.startsWith("20", at);
  }

  private @Nullable String separator(int at) {
    boolean one = at < name.length() && SEPARATORS.indexOf(name.charAt(at)) >= 0;
    return one ? name.substring(at, at + 1) : null;
  }

  private int number(int at, int length) {
    int number = 0;
    for (int i = at; i < at + length; i++) {
      number = 10 * number + name.charAt(i) - '0';
    }
    return number;
  }
}
