package io.dorsal.jobs.contents.formats;

import io.dorsal.discovery.contents.DataTable;
import io.github.spannm.jackcess.Database;
import io.github.spannm.jackcess.DatabaseBuilder;
import io.github.spannm.jackcess.Table;
import io.github.spannm.jackcess.TableMetaData;
import io.github.spannm.jackcess.impl.UnsupportedCodecException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The tables of an Access file. Tables of other files are named, and never opened. */
final class AccessTables {

  private AccessTables() {}

  /**
   * @throws RefusedException ENCRYPTED; TOO_LARGE above 1,000 tables
   */
  static void read(Path file, TableBuilder tables) throws IOException {
    try (Database database =
        new DatabaseBuilder()
            .withPath(file)
            .withReadOnly(true)
            .withIgnoreBrokenSystemCatalogIndex(true)
            .open()) {
      database.setEvaluateExpressions(false);
      database.setLinkResolver(
          (linker, name) -> {
            throw new IOException("tables of other files stay closed");
          });
      int count = 0;
      for (TableMetaData each : database.newTableMetaDataIterable()) {
        if (each.isSystem()) {
          continue;
        }
        if (++count > TableBuilder.MOST_TABLES) {
          throw new RefusedException(RefusedException.Code.TOO_LARGE, "more than 1,000 tables");
        }
        if (each.isLinked()) {
          tables.add(new DataTable(each.getName(), List.of(), null));
        } else {
          tables.add(table(each.open(database)));
        }
      }
    } catch (UnsupportedCodecException e) {
      throw new RefusedException(RefusedException.Code.ENCRYPTED, "it asks for a password");
    }
  }

  private static DataTable table(Table table) {
    return new DataTable(
        table.getName(),
        table.getColumns().stream()
            .map(column -> new DataTable.Column(column.getName(), column.getType().name()))
            .toList(),
        (long) table.getRowCount());
  }
}
