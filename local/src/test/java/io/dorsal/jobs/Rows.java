package io.dorsal.jobs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Asks the database of a stack, and waits where its server was just killed. */
record Rows(String jdbcUrl) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Each row as text of name and value; columns by name, rows in the query's order. */
  List<String> of(String query, Object... parameters) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return once(query, parameters);
      } catch (SQLException e) {
        if ((e.getSQLState() != null && e.getSQLState().startsWith("42"))
            || System.nanoTime() > end) {
          throw new IllegalStateException(query, e);
        }
        Thread.sleep(100);
      }
    }
  }

  /** The number in the only row's only column. */
  long number(String query, Object... parameters) throws InterruptedException {
    String row = of(query, parameters).getFirst();
    return Long.parseLong(row.substring(row.indexOf('=') + 1, row.length() - 1));
  }

  private List<String> once(String query, Object... parameters) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        var statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<String> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          var values = new TreeMap<String, String>();
          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            values.put(row.getMetaData().getColumnLabel(i), String.valueOf(row.getString(i)));
          }
          rows.add(values.toString());
        }
      }
      return rows;
    }
  }
}
