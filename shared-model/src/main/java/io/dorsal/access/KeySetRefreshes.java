package io.dorsal.access;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

/** The wish for fresh keys, by which each instance learns of it. */
interface KeySetRefreshes {

  /** A number that rises with each wish; the last one known where the database is silent. */
  long latest();

  /** Lets every instance know. */
  void wish(String actor);

  /** Where nobody can wish. */
  static KeySetRefreshes none() {
    return new KeySetRefreshes() {
      @Override
      public long latest() {
        return 0;
      }

      @Override
      public void wish(String actor) {
        throw new UnsupportedOperationException();
      }
    };
  }

  /** One row of the database, looked at now and then, which works behind any pooler. */
  @Component
  final class Stored implements KeySetRefreshes {

    private static final Logger log = LoggerFactory.getLogger(KeySetRefreshes.class);

    private final JdbcClient jdbc;
    private final AtomicLong known = new AtomicLong();

    Stored(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    @Override
    public long latest() {
      try {
        known.set(jdbc.sql("select number from key_set_refresh").query(Long.class).single());
      } catch (DataAccessException | CannotCreateTransactionException e) {
        log.warn("Whether fresh keys are wanted is not known: {}", e.toString());
      }
      return known.get();
    }

    @Override
    public void wish(String actor) {
      jdbc.sql(
              "update key_set_refresh set number = number + 1, wished_by = :actor, wished_at = now()")
          .param("actor", actor)
          .update();
    }
  }
}
