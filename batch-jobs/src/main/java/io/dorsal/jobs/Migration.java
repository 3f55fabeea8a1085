package io.dorsal.jobs;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the database to this version: schema {@code dorsal}, Spring Batch's tables in {@code
 * batch}.
 */
public final class Migration {

  private static final Logger log = LoggerFactory.getLogger(Migration.class);

  /** The server's word for a lock that was not to be had in time. */
  private static final String LOCK_TIMEOUT = "55P03";

  private static final int TRIES = 20;
  private static final Duration BREATH = Duration.ofSeconds(3);

  private Migration() {}

  /**
   * Applies what is missing; forward only, safe to run again or twice at once. The roles of {@code
   * db/roles.sql} must be there. A lock is waited for five seconds, so that requests behind it are
   * not held up, and then asked for again.
   *
   * @param environment DORSAL_DATABASE_URL, DORSAL_MIGRATE_DATABASE_USER,
   *     DORSAL_MIGRATE_DATABASE_PASSWORD
   * @throws FlywayException where a migration fails, or was edited after it had been applied
   */
  public static void run(Map<String, String> environment) {
    run(environment, "classpath:db/migration");
  }

  static void run(Map<String, String> environment, String... locations) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(
                environment.get("DORSAL_DATABASE_URL"),
                environment.getOrDefault("DORSAL_MIGRATE_DATABASE_USER", "dorsal_migrate"),
                environment.getOrDefault("DORSAL_MIGRATE_DATABASE_PASSWORD", ""))
            .defaultSchema("dorsal")
            .createSchemas(true)
            .locations(locations)
            .initSql("set lock_timeout = '5s'")
            .load();
    for (int attempt = 1; ; attempt++) {
      try {
        flyway.migrate();
        return;
      } catch (FlywayException e) {
        if (attempt == TRIES || !lockedOut(e)) {
          throw e;
        }
        log.warn("Somebody holds a lock that a migration needs, try {} of {}", attempt, TRIES);
        pause();
      }
    }
  }

  private static boolean lockedOut(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql && LOCK_TIMEOUT.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private static void pause() {
    try {
      Thread.sleep(BREATH);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a lock.", e);
    }
  }
}
