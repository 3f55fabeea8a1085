package io.dorsal.local.servicebus;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sqlite.SQLiteConfig;

/**
 * How many messages lie where, read from the stand-in's data file.
 *
 * <p>Any process may read while the server runs, or after it was killed: the file is opened
 * read-only, and readers and the writer do not wait for each other. From outside Java: {@code
 * sqlite3 -readonly FILE "SELECT queue, dead, place, count(*) FROM message GROUP BY 1, 2, 3"}.
 *
 * @param queues by queue name; a queue without any message is absent
 */
public record ServiceBusState(SortedMap<String, QueueDepth> queues) {

  /**
   * The messages of one queue.
   *
   * @param active waiting for a receiver
   * @param locked held by a receiver, including locks that ran out while no server was running
   * @param scheduled waiting for their time
   * @param deferred waiting for being asked for by number
   * @param deadLettered in the dead-letter queue, locked or not
   */
  public record QueueDepth(
      long active, long locked, long scheduled, long deferred, long deadLettered) {

    private static final QueueDepth EMPTY = new QueueDepth(0, 0, 0, 0, 0);
  }

  private static final String COUNTS =
      """
      SELECT queue,
        count(*) FILTER (WHERE NOT dead AND place = 'ACTIVE'),
        count(*) FILTER (WHERE NOT dead AND place LIKE 'LOCKED%'),
        count(*) FILTER (WHERE NOT dead AND place = 'SCHEDULED'),
        count(*) FILTER (WHERE NOT dead AND place = 'DEFERRED'),
        count(*) FILTER (WHERE dead)
      FROM message GROUP BY queue
      """;

  /** The counts of a queue; zeros when nothing lies there. */
  public QueueDepth queue(String name) {
    return queues.getOrDefault(name, QueueDepth.EMPTY);
  }

  /**
   * Reads the counts as of the last commit.
   *
   * @throws IllegalStateException when the file is absent or not the stand-in's
   */
  public static ServiceBusState read(Path data) {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(10_000);
    var queues = new TreeMap<String, QueueDepth>();
    try (Connection connection = config.createConnection("jdbc:sqlite:" + data.toAbsolutePath());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(COUNTS)) {
      while (rows.next()) {
        var depth =
            new QueueDepth(
                rows.getLong(2),
                rows.getLong(3),
                rows.getLong(4),
                rows.getLong(5),
                rows.getLong(6));
        queues.put(rows.getString(1), depth);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("not the data file of a Service Bus stand-in: " + data, e);
    }
    return new ServiceBusState(queues);
  }
}
