package io.dorsal.jobs.contents.formats;

import com.google.re2j.Pattern;
import io.dorsal.discovery.contents.Sheet;
import io.dorsal.discovery.contents.SheetColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the rows of one sheet as they come and keeps only what is shown of it. */
final class SheetBuilder {

  static final int MOST_COLUMNS = 500;
  static final int MOST_ROWS = 1_048_576;

  /** A header row is looked for in so many rows. */
  private static final int HEADER_ROWS = 20;

  private static final int SAMPLES = 20;

  /** More values than this make no type surer. */
  private static final int GUESSED = 1_000;

  private final String name;
  private final @Nullable Pattern ids;
  private final List<Row> first = new ArrayList<>();
  private final List<ColumnGuess> guesses = new ArrayList<>();
  private long rows;
  private int width;
  private int header = -1;
  private boolean begun;

  SheetBuilder(String name, @Nullable Pattern ids) {
    this.name = Words.line(name, Cell.LONGEST);
    this.ids = ids;
  }

  /**
   * Adds the next row; one without values does not count.
   *
   * @throws RefusedException TOO_LARGE above 1,048,576 rows
   */
  void add(Row row) throws RefusedException {
    if (row.width() == 0) {
      return;
    }
    if (++rows > MOST_ROWS) {
      throw new RefusedException(RefusedException.Code.TOO_LARGE, "more than 1,048,576 rows");
    }
    width = Math.max(width, row.width());
    if (first.size() < HEADER_ROWS + SAMPLES) {
      first.add(row);
    } else if (rows <= GUESSED) {
      begin();
      guess(row);
    }
  }

  /** Counts a row that says the same as the one before. */
  void repeat(long times) throws RefusedException {
    rows += times;
    if (rows > MOST_ROWS) {
      throw new RefusedException(RefusedException.Code.TOO_LARGE, "more than 1,048,576 rows");
    }
  }

  Sheet sheet() {
    begin();
    List<SheetColumn> columns = new ArrayList<>(width);
    for (int column = 0; column < width; column++) {
      columns.add(guessOf(column).column(heading(column)));
    }
    List<List<String>> samples =
        first.stream().skip(header + 1L).limit(SAMPLES).map(Row::texts).toList();
    Integer shown = header < 0 ? null : first.get(header).number();
    return new Sheet(name, rows, shown, columns, samples);
  }

  private void begin() {
    if (!begun) {
      begun = true;
      header = header();
      first.stream().skip(header + 1L).forEach(this::guess);
    }
  }

  /** The first row with two texts or more, nothing but texts, and a typed value below one. */
  private int header() {
    for (int at = 0; at < Math.min(HEADER_ROWS, first.size()); at++) {
      Row row = first.get(at);
      if (row.values() >= 2 && onlyTexts(row) && aboveTyped(at)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean onlyTexts(Row row) {
    for (int column = 0; column < row.width(); column++) {
      Cell cell = row.cell(column);
      if (cell != null && typed(cell)) {
        return false;
      }
    }
    return true;
  }

  private boolean aboveTyped(int at) {
    Row row = first.get(at);
    return first.stream()
        .skip(at + 1L)
        .anyMatch(
            below -> {
              for (int column = 0; column < Math.min(row.width(), below.width()); column++) {
                Cell cell = below.cell(column);
                if (row.cell(column) != null && cell != null && typed(cell)) {
                  return true;
                }
              }
              return false;
            });
  }

  private static boolean typed(Cell cell) {
    return cell.kind() != Cell.Kind.TEXT || ValueShapes.typed(cell.text());
  }

  private void guess(Row row) {
    for (int column = 0; column < row.width(); column++) {
      Cell cell = row.cell(column);
      if (cell != null) {
        guessOf(column).add(cell);
      }
    }
  }

  private ColumnGuess guessOf(int column) {
    while (guesses.size() <= column) {
      guesses.add(new ColumnGuess(ids));
    }
    return guesses.get(column);
  }

  private String heading(int column) {
    Cell said = header < 0 ? null : first.get(header).cell(column);
    return said == null ? letters(column) : said.text();
  }

  /** A, B, … Z, AA, as programs name columns. */
  static String letters(int column) {
    String name = "";
    for (int left = column + 1; left > 0; left = (left - 1) / 26) {
      name = (char) ('A' + (left - 1) % 26) + name;
    }
    return name;
  }
}
