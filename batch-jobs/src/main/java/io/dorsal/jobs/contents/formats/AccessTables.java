package io.dorsal.jobs.contents.formats;

import io.dorsal.discovery.contents.DataTable;
import io.github.spannm.jackcess.Database;
import io.github.spannm.jackcess.DatabaseBuilder;
import io.github.spannm.jackcess.Table;
import io.github.spannm.jackcess.TableMetaData;
import io.github.spannm.jackcess.impl.UnsupportedCodecException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The tables of an Access file. Tables of other files are named, and never opened. */
final class AccessTables {

  /** Where the header holds the version; 0 is the one with pages of 2 KiB. */
  private static final int VERSION = 20;

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
      throw wholePages(file)
          ? new RefusedException(RefusedException.Code.ENCRYPTED, "it asks for a password")
          : new RefusedException(RefusedException.Code.CORRUPT, "not of whole pages");
    }
  }

  /** An encrypted file keeps its size; noise looks encrypted, and seldom has one of its sizes. */
  private static boolean wholePages(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      byte[] header = bytes.readNBytes(VERSION + 1);
      int page = header.length > VERSION && header[VERSION] == 0 ? 2_048 : 4_096;
      return Files.size(file) % page == 0;
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
