package io.dorsal.local.archive;

import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.sqlite.SQLiteConnection;

/** A small SQLite database of sightings, made in memory once. Thread-safe. */
final class SightingsDatabase {

  /** Offset of {@code user_version} in the file header (sqlite.org/fileformat.html, 1.3). */
  private static final int USER_VERSION = 60;

  /** As {@link LedgerEntry#contents()} has it. */
  static final String CONTENTS = "sighting|40|id,day,animal";

  private SightingsDatabase() {}

  /** The database's file; {@code number} becomes its user version and keeps files apart. */
  static byte[] bytes(int number) {
    byte[] bytes = Arrays.copyOf(Made.BYTES, Made.BYTES.length);
    byte[] version = new ByteBuilder(ByteOrder.BIG_ENDIAN, 16).u32(number).toBytes();
    System.arraycopy(version, 0, bytes, USER_VERSION, 4);
    return bytes;
  }

  private static final class Made {
    static final byte[] BYTES = make();
  }

  private static byte[] make() {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.execute("create table sighting (id integer primary key, day text, animal text)");
      for (int row = 1; row <= 40; row++) {
        statement.execute(
            "insert into sighting values ("
                + row
                + ", '2019-07-"
                + Shot.two(1 + row % 28)
                + "', 'T0"
                + row
                + "')");
      }
      return connection.unwrap(SQLiteConnection.class).serialize("main");
    } catch (SQLException e) {
      throw new IllegalStateException("SQLite in memory failed", e);
    }
  }
}
