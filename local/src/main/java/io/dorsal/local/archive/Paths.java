package io.dorsal.local.archive;

import java.text.Normalizer;
import java.util.Locale;

/** The path of each file: no two files of an archive share one. */
final class Paths {

  private static final String ODD = "Odd names/";
  private static final String RIGHT_TO_LEFT_OVERRIDE = "\u202E";
  private static final String RIGHT_TO_LEFT_MARK = "\u200F";

  private final Season season;
  private final Kinds kinds;

  Paths(Season season, Kinds kinds) {
    this.season = season;
    this.kinds = kinds;
  }

  /**
   * @param shot the one the file shows, which for companions and sidecars is another's
   */
  String of(Kind kind, int number, Shot shot) {
    String folder = season.folder(shot);
    String name = season.name(shot);
    return switch (kind) {
      case COPY ->
          (number % 2 == 0 ? "To sort/" : "Backup 2021/")
              + folder
              + "/"
              + withExtension(kind, shot, name);
      case CASE_TWIN -> folder + "/" + swapped(withExtension(Kind.PHOTO, shot, name));
      case XLSX, XLSX_BOMB, CSV -> folder + "/sighting log " + number + "." + kind.extension();
      case TEXT, PDF -> folder + "/field notes " + number + "." + kind.extension();
      case SQLITE -> folder + "/sightings " + number + ".sqlite";
      case JUNK_THUMBS -> folder + "/selects " + number + "/Thumbs.db";
      case JUNK_DS_STORE -> folder + "/selects " + number + "/.DS_Store";
      case JUNK_OFFICE_LOCK -> folder + "/~$sighting log " + number + ".xlsx";
      case JUNK_MACOSX -> "__MACOSX/" + folder + "/._" + withExtension(kind, shot, name);
      case FOLDER_MARKER -> folder + "/selects " + number;
      case FOLDER_MARKER_SLASH -> folder + "/selects " + number + "/";
      default ->
          kind.name().startsWith("NAME_")
              ? ODD + odd(kind, number)
              : folder + "/" + withExtension(kind, shot, name);
    };
  }

  private String odd(Kind kind, int number) {
    return switch (kind) {
      case NAME_LINE_BREAK -> "first line\nsecond line " + number + ".jpg";
      case NAME_RIGHT_TO_LEFT ->
          RIGHT_TO_LEFT_MARK + "דולפין " + number + RIGHT_TO_LEFT_OVERRIDE + "gpj.jpg";
      case NAME_EMOJI -> "\uD83D\uDC0B " + number + " \uD83E\uDD88\uD83C\uDDE8\uD83C\uDDE6.jpg";
      case NAME_PERCENT -> "100% sure " + number + " %2F%41+a&b#c?.jpg";
      case NAME_TRAILING_DOT -> "field notes " + number + ".";
      case NAME_TRAILING_BLANK -> "README " + number + " ";
      case NAME_FOLDER_DOT_BLANK -> "Trip " + number + "./second day /" + number + ".jpg";
      case NAME_FORMULA -> "=1+1 " + number + ".jpg";
      case NAME_NFC -> "Café Niño " + number + ".jpg";
      case NAME_NFD ->
          Normalizer.normalize("Café Niño " + twin(number) + ".jpg", Normalizer.Form.NFD);
      case NAME_DOT_DOT -> "up/../" + number + ".jpg";
      default -> throw new IllegalArgumentException(kind.name());
    };
  }

  /** The first decomposed name is the twin of the first composed one. */
  private int twin(int number) {
    return number >= 3 && kinds.of(number - 3) == Kind.NAME_NFC ? number - 3 : number;
  }

  private static String withExtension(Kind kind, Shot shot, String name) {
    String extension = kind.extension();
    return name
        + "."
        + (shot.camera().upperCase() ? extension.toUpperCase(Locale.ROOT) : extension);
  }

  private static String swapped(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return name.equals(lower) ? name.toUpperCase(Locale.ROOT) : lower;
  }
}
