package io.dorsal.jobs.contents.formats;

import io.dorsal.discovery.contents.DataTable;
import io.dorsal.discovery.contents.FileContents;
import java.util.ArrayList;
import java.util.List;

/** Gathers the tables of one database within what is kept of a file. Not thread-safe. */
final class TableBuilder {

  static final int MOST_TABLES = 1_000;

  /** Characters of names that are kept of one file. */
  private static final int BUDGET = 1 << 18;

  private final List<DataTable> tables = new ArrayList<>();
  private int left = BUDGET;
  private boolean cut;

  /** Keeps the table while there is room for its names. */
  void add(DataTable table) {
    List<DataTable.Column> columns =
        table.columns().stream()
            .map(
                column ->
                    new DataTable.Column(
                        Words.line(column.name(), Cell.LONGEST), Words.line(column.type(), 64)))
            .toList();
    int length = 32 + columns.stream().mapToInt(c -> 8 + c.name().length()).sum();
    if (length > left) {
      cut = true;
      columns = List.of();
    } else {
      left -= length;
    }
    tables.add(new DataTable(Words.line(table.name(), Cell.LONGEST), columns, table.rows()));
  }

  FileContents contents() {
    return new FileContents(List.of(), null, tables, cut);
  }
}
