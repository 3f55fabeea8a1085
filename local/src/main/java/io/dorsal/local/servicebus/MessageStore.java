package io.dorsal.local.servicebus;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * The durable side of the queues: rows of an SQLite file in WAL mode. Changes gather in one open
 * transaction until {@link #commit()}; a commit outlives the process, not a power failure.
 */
final class MessageStore implements AutoCloseable {

  private static final String[] SCHEMA = {
    """
    CREATE TABLE IF NOT EXISTS message (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, dead INTEGER NOT NULL,
      place TEXT NOT NULL, lock_token TEXT, until INTEGER, message_id TEXT, encoded BLOB NOT NULL,
      enqueued_at INTEGER NOT NULL, expires_at INTEGER, failed_deliveries INTEGER NOT NULL)
    """,
    """
    CREATE TABLE IF NOT EXISTS recent_id (
      queue TEXT NOT NULL, message_id TEXT NOT NULL, sequence INTEGER NOT NULL,
      until INTEGER NOT NULL, PRIMARY KEY (queue, message_id)) WITHOUT ROWID
    """
  };

  /** A message id that a queue remembers so as to drop a second message with it. */
  record RecentId(String queue, String messageId, long sequence, Instant until) {}

  private final Connection connection;
  private final PreparedStatement insert;
  private final PreparedStatement move;
  private final PreparedStatement rewrite;
  private final PreparedStatement delete;
  private final PreparedStatement remember;
  private final PreparedStatement forget;
  private boolean changed;
  private @Nullable StoreFailedException failure;

  private MessageStore(Connection connection) throws SQLException {
    this.connection = connection;
    insert =
        connection.prepareStatement("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    move =
        connection.prepareStatement(
            "UPDATE message SET place = ?, lock_token = ?, until = ?, failed_deliveries = ?,"
                + " enqueued_at = ? WHERE sequence = ?");
    rewrite =
        connection.prepareStatement(
            "UPDATE message SET encoded = ?, dead = ?, expires_at = ? WHERE sequence = ?");
    delete = connection.prepareStatement("DELETE FROM message WHERE sequence = ?");
    remember = connection.prepareStatement("INSERT OR REPLACE INTO recent_id VALUES (?, ?, ?, ?)");
    forget = connection.prepareStatement("DELETE FROM recent_id WHERE queue = ? AND until <= ?");
  }

  /** Opens the file, creating it when absent. */
  static MessageStore open(Path file) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(10_000);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
      try (Statement statement = connection.createStatement()) {
        for (String table : SCHEMA) {
          statement.execute(table);
        }
      }
      connection.setAutoCommit(false);
      return new MessageStore(connection);
    } catch (SQLException e) {
      throw new StoreFailedException(e);
    }
  }

  void insert(StoredMessage message) {
    var place = PlaceColumns.of(message.place);
    execute(
        insert,
        message.sequence,
        message.queue,
        message.dead,
        place.name(),
        place.lockToken(),
        place.until(),
        message.messageId,
        message.encoded,
        message.enqueuedAt.toEpochMilli(),
        millis(message.expiresAt),
        message.failedDeliveries);
  }

  /** Writes the message's place, delivery count and enqueue time. */
  void move(StoredMessage message) {
    var place = PlaceColumns.of(message.place);
    execute(
        move,
        place.name(),
        place.lockToken(),
        place.until(),
        message.failedDeliveries,
        message.enqueuedAt.toEpochMilli(),
        message.sequence);
  }

  /** Writes the message's content, whether it is dead, and its expiry. */
  void rewrite(StoredMessage message) {
    execute(rewrite, message.encoded, message.dead, millis(message.expiresAt), message.sequence);
  }

  void delete(StoredMessage message) {
    execute(delete, message.sequence);
  }

  void remember(RecentId id) {
    execute(remember, id.queue, id.messageId, id.sequence, id.until.toEpochMilli());
  }

  void forget(String queue, Instant untilInclusive) {
    execute(forget, queue, untilInclusive.toEpochMilli());
  }

  /**
   * Makes everything since the last commit durable; does nothing when nothing changed.
   *
   * @throws StoreFailedException also when an earlier change failed: memory is ahead of the file
   */
  void commit() {
    if (failure != null) {
      throw failure;
    }
    if (!changed) {
      return;
    }
    try {
      connection.commit();
      changed = false;
    } catch (SQLException e) {
      throw new StoreFailedException(e);
    }
  }

  /** Every message, by sequence number. */
  List<StoredMessage> messages() {
    var messages = new ArrayList<StoredMessage>();
    query("SELECT * FROM message ORDER BY sequence", row -> messages.add(message(row)));
    return messages;
  }

  /** Every remembered message id, the one to be forgotten first in front. */
  List<RecentId> recentIds() {
    var ids = new ArrayList<RecentId>();
    query(
        "SELECT * FROM recent_id ORDER BY until, sequence",
        row ->
            ids.add(
                new RecentId(
                    row.getString("queue"),
                    row.getString("message_id"),
                    row.getLong("sequence"),
                    Instant.ofEpochMilli(row.getLong("until")))));
    return ids;
  }

  /** The highest sequence number ever given, also to messages long gone; 0 for none. */
  long lastSequence() {
    long[] last = {0};
    query(
        "SELECT seq FROM sqlite_sequence WHERE name = 'message'", row -> last[0] = row.getLong(1));
    return last[0];
  }

  /** Gives up what was not committed. */
  @Override
  public void close() {
    try {
      connection.rollback();
      connection.close();
    } catch (SQLException e) {
      throw new StoreFailedException(e);
    }
  }

  private static StoredMessage message(ResultSet row) throws SQLException {
    long expires = row.getLong("expires_at");
    @Nullable Instant expiresAt = row.wasNull() ? null : Instant.ofEpochMilli(expires);
    var message =
        new StoredMessage(
            row.getLong("sequence"),
            row.getString("queue"),
            row.getString("message_id"),
            row.getBytes("encoded"),
            Instant.ofEpochMilli(row.getLong("enqueued_at")),
            expiresAt,
            PlaceColumns.read(row).place());
    message.dead = row.getBoolean("dead");
    message.failedDeliveries = row.getInt("failed_deliveries");
    return message;
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  private void execute(PreparedStatement statement, @Nullable Object... values) {
    try {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      changed = true;
      statement.executeUpdate();
    } catch (SQLException e) {
      failure = new StoreFailedException(e);
      throw failure;
    }
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void query(String sql, RowReader reader) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    } catch (SQLException e) {
      throw new StoreFailedException(e);
    }
  }
}
