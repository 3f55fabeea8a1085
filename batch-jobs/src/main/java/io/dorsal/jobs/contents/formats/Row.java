package io.dorsal.jobs.contents.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values of one row, by their columns from 0. Not thread-safe. */
final class Row {

  private final int number;
  private final List<@Nullable Cell> cells = new ArrayList<>();

  /**
   * @param number as the program shows it, from 1
   */
  Row(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** Blank values are left out, so that a row ends with its last value. */
  void set(int column, Cell cell) throws RefusedException {
    if (cell.blank()) {
      return;
    }
    if (column < 0 || column >= SheetBuilder.MOST_COLUMNS) {
      throw new RefusedException(RefusedException.Code.TOO_LARGE, "more than 500 columns");
    }
    while (cells.size() <= column) {
      cells.add(null);
    }
    cells.set(column, cell);
  }

  int width() {
    return cells.size();
  }

  @Nullable Cell cell(int column) {
    return column < cells.size() ? cells.get(column) : null;
  }

  /** The texts; blanks are empty. */
  List<String> texts() {
    return cells.stream().map(cell -> cell == null ? "" : cell.text()).toList();
  }

  long values() {
    return cells.stream().filter(Objects::nonNull).count();
  }
}
