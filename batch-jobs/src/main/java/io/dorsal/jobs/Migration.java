package io.dorsal.jobs;

import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * Brings the database to this version: schema {@code dorsal}, Spring Batch's tables in {@code
 * batch}.
 */
public final class Migration {

  private Migration() {}

  /**
   * Applies what is missing; forward only, safe to run again or twice at once. The roles of {@code
   * db/roles.sql} must be there.
   *
   * @param environment DORSAL_DATABASE_URL, DORSAL_MIGRATE_DATABASE_USER,
   *     DORSAL_MIGRATE_DATABASE_PASSWORD
   */
  public static void run(Map<String, String> environment) {
    Flyway.configure()
        .dataSource(
            environment.get("DORSAL_DATABASE_URL"),
            environment.getOrDefault("DORSAL_MIGRATE_DATABASE_USER", "dorsal_migrate"),
            environment.getOrDefault("DORSAL_MIGRATE_DATABASE_PASSWORD", ""))
        .defaultSchema("dorsal")
        .createSchemas(true)
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }
}
