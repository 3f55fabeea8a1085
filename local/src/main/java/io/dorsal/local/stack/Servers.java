package io.dorsal.local.stack;

import io.dorsal.local.postgres.PostgresServer;
import io.dorsal.local.postgres.RolePasswords;
import io.dorsal.local.process.ProcessSpec;
import io.dorsal.local.storage.AzuriteServer;
import io.dorsal.local.storage.StorageAccounts;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Database and blob store of a stack: its own, or those it was given. Immutable. */
final class Servers {

  private final StackOptions options;
  private final @Nullable PostgresServer postgres;
  private final GivenServers where;

  private Servers(StackOptions options, @Nullable PostgresServer postgres, GivenServers where) {
    this.options = options;
    this.postgres = postgres;
    this.where = where;
  }

  /**
   * @param password of the superuser of a server of its own
   */
  static Servers of(StackOptions options, KeptPorts ports, String password, RolePasswords roles)
      throws IOException, InterruptedException {
    if (options.given().isPresent()) {
      return new Servers(options, null, options.given().get());
    }
    StackDirectory directory = options.directory();
    var postgres =
        PostgresServer.at(
            directory.data("postgres").resolve("data"),
            options.home().resolve(".dorsal/binaries"),
            ports.of("postgres"),
            password);
    var database = new GivenServers.Database(postgres.jdbcUrl(), roles);
    var accounts = StorageAccounts.at(directory.key("storage.json"));
    return new Servers(
        options, postgres, new GivenServers(database, ports.of("azurite"), accounts));
  }

  GivenServers.Database database() {
    return where.database();
  }

  int storagePort() {
    return where.storagePort();
  }

  StorageAccounts accounts() {
    return where.accounts();
  }

  /** The database server to be started; empty where it runs already. */
  Optional<ProcessSpec> postgres() {
    return Optional.ofNullable(postgres)
        .map(own -> own.process(options.directory().log("postgres")));
  }

  /** Makes the database where it is the stack's own and missing. */
  void createDatabase() {
    if (postgres == null) {
      return;
    }
    try {
      postgres.createDatabase(where.database().roles());
    } catch (SQLException e) {
      throw new IllegalStateException("The database could not be made", e);
    }
  }

  /** The blob store to be started; empty where it runs already. */
  Optional<ProcessSpec> azurite() throws IOException {
    if (options.given().isPresent()) {
      return Optional.empty();
    }
    StackDirectory directory = options.directory();
    return Optional.of(
        AzuriteServer.process(
            options.home().resolve("local/azurite"),
            directory.data("azurite"),
            where.storagePort(),
            where.accounts(),
            directory.log("azurite")));
  }
}
