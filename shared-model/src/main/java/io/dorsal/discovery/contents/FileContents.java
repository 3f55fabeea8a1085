package io.dorsal.discovery.contents;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one file holds. Texts hold no NUL and no half characters.
 *
 * @param document null for spreadsheets and databases
 * @param cut whether samples or tables were left out because the file has too many of them
 */
public record FileContents(
    List<Sheet> sheets, @Nullable DocumentText document, List<DataTable> tables, boolean cut) {

  public FileContents {
    sheets = List.copyOf(sheets);
    tables = List.copyOf(tables);
  }

  public static FileContents of(DocumentText document) {
    return new FileContents(List.of(), document, List.of(), false);
  }
}
