package io.dorsal.local.archive;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How a photographer files: the folder of a day at a site. No two habits share a folder. */
enum FolderHabit {
  DATE_SITE,
  SITE_DATE,
  BY_PHOTOGRAPHER,
  NAME_DATE,
  CARD_DUMP,
  YEAR_MONTH,
  FILE_NAMES,
  PROJECT;

  private static final DateTimeFormatter YEAR = format("uuuu");
  private static final DateTimeFormatter ISO = format("uuuu/uuuu-MM-dd");
  private static final DateTimeFormatter MONTH_NAME = format("ddMMMuuuu");
  private static final DateTimeFormatter MONTH_FIRST = format("uuuu/MM-dd-uuuu");
  private static final DateTimeFormatter COMPACT = format("uuuuMMdd");
  private static final DateTimeFormatter DAY_FIRST = format("uuuu-MM/dd-MM-uuuu");
  private static final DateTimeFormatter DEEP = format("uuuu/MM/dd");

  /**
   * @param card distinguishes memory cards of one photographer
   */
  String folder(Photographer person, Site site, LocalDate day, int card) {
    return switch (this) {
      case DATE_SITE -> ISO.format(day) + "_" + site.name();
      case SITE_DATE -> "Sites/" + site.name() + "/" + MONTH_NAME.format(day);
      case BY_PHOTOGRAPHER ->
          MONTH_FIRST.format(day) + " " + site.name() + " by " + person.initials();
      case NAME_DATE -> "Photos/" + person.name() + "/" + COMPACT.format(day) + "_" + site.name();
      case CARD_DUMP ->
          "Card dumps/"
              + person.initials()
              + "/card "
              + card
              + "/DCIM/"
              + (100 + card % 900)
              + "EOS7D";
      case YEAR_MONTH -> DAY_FIRST.format(day) + " " + site.name();
      case FILE_NAMES -> YEAR.format(day) + " season/" + site.name();
      case PROJECT -> "Projects/" + site.name() + "/" + DEEP.format(day) + "/edited";
    };
  }

  /** The file's name without its extension. */
  String stem(Photographer person, Camera camera, LocalDate day, int number) {
    String digits = Integer.toString(10_000 + number % 10_000).substring(1);
    if (this == FILE_NAMES) {
      String animal = "T" + (2 + number / 7 % 120) + (char) ('A' + number % 4);
      return animal + "_" + COMPACT.format(day) + "_" + person.initials() + "_" + digits;
    }
    return (camera.upperCase() ? camera.filePrefix() : camera.filePrefix().toLowerCase(Locale.ROOT))
        + digits;
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }
}
