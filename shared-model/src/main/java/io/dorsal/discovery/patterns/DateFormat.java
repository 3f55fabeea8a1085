package io.dorsal.discovery.patterns;

/**
 * A way to write a date.
 *
 * @param separator a dash, underscore or dot, nothing, or a slash where each part is a folder
 */
record DateFormat(Order order, String separator) {

  /** Which part comes first; NAMED has the month as an English word of three letters. */
  enum Order {
    YMD,
    DMY,
    MDY,
    NAMED,
    YM,
    Y
  }

  /** The separator of dates that are split over folders. */
  static final String FOLDERS = "/";

  /** The capture of a path pattern. */
  String capture() {
    return switch (order) {
      case YMD -> separator.equals(FOLDERS) ? "{year}/{month}/{day}" : date("YYYY", "MM", "DD");
      case DMY -> date("DD", "MM", "YYYY");
      case MDY -> date("MM", "DD", "YYYY");
      case NAMED -> date("DD", "MMM", "YYYY");
      case YM -> "{year}" + separator + "{month}";
      case Y -> "{year}";
    };
  }

  /** The same with day and month swapped. */
  DateFormat swapped() {
    return switch (order) {
      case DMY -> new DateFormat(Order.MDY, separator);
      case MDY -> new DateFormat(Order.DMY, separator);
      case YMD, NAMED, YM, Y -> this;
    };
  }

  private String date(String first, String second, String third) {
    return "{date:" + first + separator + second + separator + third + "}";
  }
}
