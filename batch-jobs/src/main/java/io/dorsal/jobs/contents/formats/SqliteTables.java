package io.dorsal.jobs.contents.formats;

import io.dorsal.discovery.contents.DataTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * The tables of an SQLite file, opened read-only as sqlite.org/security.html advises for foreign
 * files: no extensions, nothing in the schema is trusted, nothing is written, few attachments.
 */
final class SqliteTables {

  private static final String TABLES =
      """
      select name, rootpage from sqlite_schema
      where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name
      """;

  private static final int LONGEST_VALUE = 1 << 24;

  private SqliteTables() {}

  /**
   * @throws RefusedException CORRUPT; TOO_LARGE above 1,000 tables
   */
  static void read(Path file, TableBuilder tables) throws IOException {
    requireWhole(file);
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.enableLoadExtension(false);
    config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
    String url = "jdbc:sqlite:file:" + file.toUri().getRawPath() + "?immutable=1";
    try (Connection connection = config.createConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("pragma trusted_schema = off");
      statement.execute("pragma cell_size_check = on");
      statement.execute("pragma query_only = on");
      SQLiteConnection limited = connection.unwrap(SQLiteConnection.class);
      limited.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
      limited.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
      for (Named table : named(statement)) {
        tables.add(
            new DataTable(table.name(), columns(statement, table.name()), rows(statement, table)));
      }
    } catch (SQLException e) {
      throw new RefusedException(RefusedException.Code.CORRUPT, "not readable");
    }
  }

  /** SQLite takes pages behind a cut for empty (sqlite.org/fileformat.html, section 1.3). */
  private static void requireWhole(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(100);
    }
    ByteBuffer header = ByteBuffer.wrap(Arrays.copyOf(head, 100));
    int size = header.getShort(16) & 0xFFFF;
    long pages = header.getInt(28) & 0xFFFF_FFFFL;
    boolean counted = header.getInt(24) == header.getInt(92);
    if (head.length < 100 || (counted && pages * (size == 1 ? 65_536 : size) > Files.size(file))) {
      throw new RefusedException(RefusedException.Code.CORRUPT, "the file is cut");
    }
  }

  /** A table; virtual ones, which run code of extensions, have no pages of their own. */
  private record Named(String name, boolean virtual) {}

  private static List<Named> named(Statement statement) throws SQLException, RefusedException {
    List<Named> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        if (found.size() == TableBuilder.MOST_TABLES) {
          throw new RefusedException(RefusedException.Code.TOO_LARGE, "more than 1,000 tables");
        }
        found.add(new Named(rows.getString(1), rows.getLong(2) == 0));
      }
    }
    return found;
  }

  private static List<DataTable.Column> columns(Statement statement, String table)
      throws SQLException {
    List<DataTable.Column> columns = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery("pragma table_info(" + quoted(table) + ")")) {
      while (rows.next()) {
        String type = rows.getString("type");
        columns.add(new DataTable.Column(rows.getString("name"), type == null ? "" : type));
      }
    }
    return columns;
  }

  private static @Nullable Long rows(Statement statement, Named table) throws SQLException {
    if (table.virtual()) {
      return null;
    }
    try (ResultSet rows = statement.executeQuery("select count(*) from " + quoted(table.name()))) {
      return rows.next() ? rows.getLong(1) : null;
    }
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
