package io.dorsal.jobs.contents.formats;

import java.util.regex.Pattern;

/** What a text of at most 256 characters looks like. No pattern here can run for long. */
final class ValueShapes {

  private static final String MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}";
  private static final String DAY =
      "((19|20)\\d{2}([-/.])\\d{1,2}\\3\\d{1,2}"
          + "|\\d{1,2}([-/.])\\d{1,2}\\4((19|20)\\d{2}|\\d{2})"
          + "|\\d{1,2}[- .]{0,2}"
          + MONTH
          + "[- ,.]{0,2}((19|20)\\d{2}|\\d{2})"
          + "|"
          + MONTH
          + " \\d{1,2},? (19|20)\\d{2})";
  private static final String CLOCK =
      "([01]?\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,9})?)?( ?[ap]\\.?m\\.?)?";
  private static final Pattern DATE = Pattern.compile(DAY, Pattern.CASE_INSENSITIVE);
  private static final Pattern TIME = Pattern.compile(CLOCK, Pattern.CASE_INSENSITIVE);
  private static final Pattern DATETIME =
      Pattern.compile(
          DAY + "(T| {1,3})" + CLOCK + "( ?(Z|[+-]\\d{2}:?\\d{2}))?", Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?\\d{1,18}([.,]\\d{1,18})?([eE][+-]?\\d{1,3})?");
  private static final Pattern DEGREES =
      Pattern.compile(
          "[NSEW]? ?\\d{1,3} ?[°d ] ?\\d{1,2}([.,]\\d{1,8})? ?(['′m ] ?(\\d{1,2}([.,]\\d{1,8})?"
              + " ?([\"″s]|'')?)?)? ?[NSEW]?");
  private static final Pattern FILE_NAME =
      Pattern.compile(
          "[^.].{0,250}\\.(jpe?g?|png|tiff?|bmp|gif|webp|hei[cf]|cr[23]|n[er][fw]|arw|dng|orf|rw[2l]|raf|pef|srw)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}.,'’&+/ -]{1,80}");
  private static final Pattern CODE =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._/#,;?+-]{0,60}");

  private ValueShapes() {}

  static boolean date(String text) {
    return DATE.matcher(text).matches();
  }

  static boolean time(String text) {
    return TIME.matcher(text).matches();
  }

  static boolean dateTime(String text) {
    return DATETIME.matcher(text).matches();
  }

  static boolean number(String text) {
    return NUMBER.matcher(text).matches();
  }

  static boolean fileName(String text) {
    return FILE_NAME.matcher(text).matches();
  }

  static boolean name(String text) {
    return NAME.matcher(text).matches();
  }

  static boolean code(String text) {
    return CODE.matcher(text).matches();
  }

  /** Whether the text is an angle of at most so many degrees, as a number or with minutes. */
  static boolean angle(String text, double most) {
    if (number(text)) {
      return Math.abs(Double.parseDouble(text.replace(',', '.'))) <= most;
    }
    return DEGREES.matcher(text).matches();
  }

  /** Whether the text is of any type but text. */
  static boolean typed(String text) {
    return number(text) || date(text) || time(text) || dateTime(text);
  }
}
