package io.dorsal.jobs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What a stack's database holds, each question over a connection of its own. */
final class DatabaseRows {

  private final String url;

  DatabaseRows(String url) {
    this.url = url;
  }

  /** The first column of the only row. */
  long number(String query, Object... values) throws SQLException {
    Map<String, String> rows = pairs("select 'n', (" + query + ")", values);
    return Long.parseLong(rows.get("n"));
  }

  /** First column to second; for snapshots, and for comparing them. */
  Map<String, String> pairs(String query, Object... values) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement statement = connection.prepareStatement(query)) {
      for (int at = 0; at < values.length; at++) {
        statement.setObject(at + 1, values[at]);
      }
      Map<String, String> found = new LinkedHashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getString(1), String.valueOf(rows.getString(2)));
        }
      }
      return found;
    }
  }

  long inspected(UUID scan) throws SQLException {
    return number("select inspected from scan_progress where scan_id = ?", scan);
  }

  String state(UUID scan) throws SQLException {
    return pairs("select 'state', state from scan where id = ?", scan).getOrDefault("state", "");
  }

  /** Files the scan has committed, with the moment each was inspected at. */
  Map<String, String> committed(UUID scan) throws SQLException {
    return pairs("select file_id, inspected_at from file_inspection where scan_id = ?", scan);
  }

  /** Leases somebody holds. */
  long held(UUID scan) throws SQLException {
    return number("select count(*) from lease where subject = ? and holder is not null", scan);
  }

  /** Executions of the scan's jobs that count as running, or of which nobody knows. */
  long unfinishedJobs(UUID scan) throws SQLException {
    return number(
        """
        select count(*) from batch.batch_job_execution e
        join batch.batch_job_execution_params p using (job_execution_id)
        where p.parameter_name = 'scan' and p.parameter_value = ?
          and e.status not in ('COMPLETED', 'STOPPED', 'FAILED', 'ABANDONED')
        """,
        scan.toString());
  }
}
