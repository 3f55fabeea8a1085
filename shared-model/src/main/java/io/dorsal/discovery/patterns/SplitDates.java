package io.dorsal.discovery.patterns;

import io.dorsal.discovery.patterns.DateFormat.Order;
import java.util.List;

/** Dates that are split over folders: {@code 2019/07/12}, or {@code 2019/07} without days. */
final class SplitDates {

  private SplitDates() {}

  /**
   * What a folder's name says together with the names above it. A name that goes on with a date
   * says nothing else: its number counts days or months, not pictures.
   *
   * @param above the name of the folder above; empty where there is none
   * @param aboveThat likewise one further up
   */
  static NameFinds with(NameFinds own, String above, String aboveThat) {
    String name = own.name();
    if (!number(name)) {
      return own;
    }
    if (year(aboveThat) && number(above)) {
      return found(
          own,
          Order.YMD,
          Integer.parseInt(aboveThat),
          Integer.parseInt(above),
          Integer.parseInt(name));
    }
    return year(above)
        ? found(own, Order.YM, Integer.parseInt(above), Integer.parseInt(name), 0)
        : own;
  }

  private static NameFinds found(NameFinds own, Order order, int year, int month, int day) {
    DateFormat format = new DateFormat(order, DateFormat.FOLDERS);
    var date = new DateFind(format, year, month, day, 0, own.name().length());
    return new NameFinds(own.name(), List.of(date), List.of());
  }

  private static boolean year(String name) {
    return name.length() == 4
        && (name.startsWith("19") || name.startsWith("20"))
        && DateFinds.digitsEnd(name, 0) == 4;
  }

  private static boolean number(String name) {
    return (name.length() == 1 || name.length() == 2)
        && DateFinds.digitsEnd(name, 0) == name.length();
  }
}
