package io.dorsal.discovery.contents;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One table of a database.
 *
 * @param rows null where they cannot be counted without running foreign code or opening other files
 */
public record DataTable(String name, List<Column> columns, @Nullable Long rows) {

  public DataTable {
    columns = List.copyOf(columns);
  }

  /**
   * One column.
   *
   * @param type as the database names it; may be empty
   */
  public record Column(String name, String type) {}
}
