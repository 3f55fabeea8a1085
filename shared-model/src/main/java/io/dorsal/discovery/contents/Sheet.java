package io.dorsal.discovery.contents;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sheet of a workbook, or the whole of a text table.
 *
 * @param name empty for text tables
 * @param rows rows that hold any value, the header row included
 * @param headerRow its number as the program shows it, from 1; null if there is none
 * @param samples the first 20 rows below the header, cells cut at 256 characters; a row ends with
 *     its last value
 */
public record Sheet(
    String name,
    long rows,
    @Nullable Integer headerRow,
    List<SheetColumn> columns,
    List<List<String>> samples) {

  public Sheet {
    columns = List.copyOf(columns);
    samples = samples.stream().map(List::copyOf).toList();
  }
}
