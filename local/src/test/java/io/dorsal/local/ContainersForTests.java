package io.dorsal.local;

import io.dorsal.local.postgres.PostgresServer;
import io.dorsal.local.postgres.RolePasswords;
import io.dorsal.local.stack.GivenServers;
import io.dorsal.local.storage.StorageAccounts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.testcontainers.containers.GenericContainer;

/**
 * PostgreSQL and Azurite in containers, of the versions that run embedded. Testcontainers ends them
 * with the run. Written where no Docker engine answers: it has never run.
 */
final class ContainersForTests {

  static final String PASSWORD = "for-tests";
  static final RolePasswords ROLES = new RolePasswords(PASSWORD, PASSWORD, PASSWORD);

  private ContainersForTests() {}

  /** A database for a stack, and a blob store of its own. */
  static GivenServers start(Path directory) throws IOException {
    var accounts = StorageAccounts.at(directory.resolve("storage.json"));
    return new GivenServers(postgres(), azurite(accounts), accounts);
  }

  /** A server with the stack's empty database and its roles. */
  static GivenServers.Database postgres() {
    var server =
        new GenericContainer<>("postgres:18")
            .withEnv("POSTGRES_PASSWORD", PASSWORD)
            .withCommand("postgres", "-c", "max_connections=200", "-c", "timezone=UTC")
            .withExposedPorts(5432);
    server.start();
    String host = "jdbc:postgresql://" + server.getHost() + ":" + server.getMappedPort(5432) + "/";
    try {
      PostgresServer.createDatabase(host + "postgres", PASSWORD, PostgresServer.DATABASE, ROLES);
    } catch (SQLException e) {
      throw new IllegalStateException("The database could not be made", e);
    }
    return new GivenServers.Database(host + PostgresServer.DATABASE, ROLES);
  }

  /** The port of a blob store with these accounts. */
  static int azurite(StorageAccounts accounts) {
    var server =
        new GenericContainer<>("mcr.microsoft.com/azure-storage/azurite:3.35.0")
            .withEnv("AZURITE_ACCOUNTS", accounts.forAzurite())
            .withCommand(
                "azurite-blob", "--blobHost", "0.0.0.0", "--skipApiVersionCheck", "--silent")
            .withExposedPorts(10_000);
    server.start();
    return server.getMappedPort(10_000);
  }
}
