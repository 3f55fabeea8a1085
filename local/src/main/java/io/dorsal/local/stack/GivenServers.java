package io.dorsal.local.stack;

import io.dorsal.local.storage.StorageAccounts;

/**
 * Servers on this machine that somebody else started and ends, such as containers: a stack uses
 * them in place of a PostgreSQL and an Azurite of its own, and cannot kill them.
 *
 * @param database empty or migrated; its user owns it
 * @param storagePort where the blob store listens
 * @param accounts that the blob store knows
 */
public record GivenServers(Database database, int storagePort, StorageAccounts accounts) {

  /**
   * Where a database is, and as whom one gets in.
   *
   * @param jdbcUrl without user and password
   */
  public record Database(String jdbcUrl, String user, String password) {

    @Override
    public String toString() {
      return "Database[" + jdbcUrl + ", " + user + "]";
    }
  }
}
