package io.dorsal.operations;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Gives out connections only while this program fits the database, so that whatever the program
 * does, it reads and writes nothing of a schema it does not know. Looks at most every two seconds.
 * Thread-safe.
 */
final class SchemaGuardedDataSource extends DelegatingDataSource {

  private static final Duration REMEMBERED = Duration.ofSeconds(2);

  /** A version and when it was read. */
  private record Seen(int version, long nanos) {}

  private volatile @Nullable Seen seen;

  SchemaGuardedDataSource(DataSource database) {
    super(database);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = obtainTargetDataSource().getConnection();
    try {
      require(connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void require(Connection connection) throws SQLException {
    Seen known = seen;
    if (known == null
        || !SchemaVersion.fits(known.version())
        || System.nanoTime() - known.nanos() > REMEMBERED.toNanos()) {
      known = new Seen(read(connection), System.nanoTime());
      seen = known;
    }
    if (!SchemaVersion.fits(known.version())) {
      throw new SchemaMismatchException(known.version());
    }
  }

  /** 0 for a database that was never migrated, or before there were versions. */
  private static int read(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      try (var there =
          statement.executeQuery("select to_regclass('dorsal.schema_version') is not null")) {
        there.next();
        if (!there.getBoolean(1)) {
          return 0;
        }
      }
      try (var version =
          statement.executeQuery("select coalesce(max(version), 0) from dorsal.schema_version")) {
        version.next();
        return version.getInt(1);
      }
    }
  }
}
