package io.dorsal.local.stack;

import io.dorsal.local.postgres.RolePasswords;
import io.dorsal.local.storage.StorageAccounts;
import java.util.Map;

/**
 * Servers on this machine that somebody else started and ends, such as containers: a stack uses
 * them in place of a PostgreSQL and an Azurite of its own, and cannot kill them.
 *
 * @param database empty or migrated; its roles are made
 * @param storagePort where the blob store listens
 * @param accounts that the blob store knows
 */
public record GivenServers(Database database, int storagePort, StorageAccounts accounts) {

  /**
   * Where a database with its three roles is.
   *
   * @param jdbcUrl without user and password
   */
  public record Database(String jdbcUrl, RolePasswords roles) {

    /** The settings of every process on it. */
    public Map<String, String> settings() {
      return Map.of(
          "DORSAL_DATABASE_URL",
          jdbcUrl,
          "DORSAL_DATABASE_USER",
          "dorsal_app",
          "DORSAL_DATABASE_PASSWORD",
          roles.app(),
          "DORSAL_MAINT_DATABASE_USER",
          "dorsal_maint",
          "DORSAL_MAINT_DATABASE_PASSWORD",
          roles.maint());
    }

    /** The settings of its migration. */
    public Map<String, String> migration() {
      return Map.of(
          "DORSAL_DATABASE_URL",
          jdbcUrl,
          "DORSAL_MIGRATE_DATABASE_USER",
          "dorsal_migrate",
          "DORSAL_MIGRATE_DATABASE_PASSWORD",
          roles.migrate());
    }
  }
}
