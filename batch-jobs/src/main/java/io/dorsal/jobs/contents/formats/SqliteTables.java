package io.dorsal.jobs.contents.formats;

import io.dorsal.discovery.contents.DataTable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
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
   * @throws RefusedException CORRUPT, ENCRYPTED; TOO_LARGE above 1,000 tables
   */
  static void read(Path file, TableBuilder tables) throws IOException {
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
    } catch (SQLiteException e) {
      boolean locked = e.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB;
      throw new RefusedException(
          locked ? RefusedException.Code.ENCRYPTED : RefusedException.Code.CORRUPT, "not readable");
    } catch (SQLException e) {
      throw new RefusedException(RefusedException.Code.CORRUPT, "not readable");
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
