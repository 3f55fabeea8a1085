package io.dorsal.work;

import java.sql.SQLException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;

/** Tells that the database gave up waiting for somebody else's lock. */
final class LockTimeout {

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private LockTimeout() {}

  /** Spring has no word of its own for PostgreSQL's {@code lock_timeout}. */
  static boolean isCauseOf(DataAccessException failure) {
    return failure instanceof ConcurrencyFailureException
        || (failure.getRootCause() instanceof SQLException sql
            && LOCK_NOT_AVAILABLE.equals(sql.getSQLState()));
  }
}
