package io.dorsal.discovery;

import io.dorsal.discovery.contents.SheetColumn;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A spreadsheet as lists show it; samples are part of the file's detail.
 *
 * @param path byte-exact
 * @param displayPath the path for the eye
 * @param cut whether samples were left out because the file has too many
 */
public record SpreadsheetFile(
    UUID id, String path, String displayPath, boolean cut, List<SheetView> sheets) {

  /**
   * One sheet.
   *
   * @param name empty for text tables
   * @param rows rows that hold any value
   * @param headerRow from 1; null if there is none
   * @param formats keys of the known formats that fit it
   */
  public record SheetView(
      String name,
      long rows,
      @Nullable Integer headerRow,
      List<SheetColumn> columns,
      List<UUID> formats) {}
}
