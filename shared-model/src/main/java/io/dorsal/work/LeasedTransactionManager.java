package io.dorsal.work;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Refuses every commit of a thread whose lease was taken over, whatever the transaction wrote:
 * found files, counters or Spring Batch's own records. So a worker that wakes up after it was
 * replaced changes no row.
 */
public class LeasedTransactionManager extends JdbcTransactionManager {

  private static final ThreadLocal<@Nullable Lease> HELD = new ThreadLocal<>();

  public LeasedTransactionManager(DataSource dataSource) {
    super(dataSource);
  }

  /** Runs work of which every commit on this thread is made under the lease. */
  public static void runUnder(Lease lease, Runnable work) {
    HELD.set(lease);
    try {
      work.run();
    } finally {
      HELD.remove();
    }
  }

  @Override
  protected void prepareForCommit(DefaultTransactionStatus status) {
    Lease lease = HELD.get();
    if (lease != null && status.isNewTransaction() && !status.isReadOnly()) {
      verify(lease);
    }
  }

  /** Holds the lease's row until the commit, so that nobody can take over in between. */
  private void verify(Lease lease) {
    var holder =
        (ConnectionHolder) TransactionSynchronizationManager.getResource(obtainDataSource());
    if (holder == null) {
      return;
    }
    try (var statement =
        holder
            .getConnection()
            .prepareStatement(
                "select 1 from lease where resource = ? and epoch = ? and holder is not null"
                    + " for share")) {
      statement.setString(1, lease.resource());
      statement.setLong(2, lease.epoch());
      try (var row = statement.executeQuery()) {
        if (!row.next()) {
          throw new LeaseLostException(lease);
        }
      }
    } catch (SQLException e) {
      throw translateException("lease check", e);
    }
  }
}
