package io.dorsal.local;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dorsal.jobs.Migration;
import io.dorsal.local.postgres.PostgresServer;
import io.dorsal.local.process.Ports;
import io.dorsal.local.process.ProcessSpec;
import io.dorsal.local.process.SupervisedProcess;
import io.dorsal.local.stack.StackDirectory;
import io.dorsal.local.storage.AzuriteServer;
import io.dorsal.local.storage.Containers;
import io.dorsal.local.storage.StorageAccounts;
import io.dorsal.local.storage.StorageGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Real PostgreSQL and Azurite, each started once for all tests of a run that ask for them as a
 * parameter, and ended with it. Use by {@code @ExtendWith}.
 */
public final class ServersForTests implements ParameterResolver {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Postgres.class || type == Storage.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var store = context.getRoot().getStore(Namespace.create(ServersForTests.class));
    return parameter.getParameter().getType() == Postgres.class
        ? store.computeIfAbsent(Postgres.class, key -> new Postgres(), Postgres.class)
        : store.computeIfAbsent(Storage.class, key -> new Storage(), Storage.class);
  }

  private static SupervisedProcess started(ProcessSpec spec) throws InterruptedException {
    var process = new SupervisedProcess(spec, () -> {});
    process.start();
    process.awaitReady(PATIENCE);
    return process;
  }

  /** A PostgreSQL server; each test class takes a migrated database of its own. */
  public static final class Postgres implements AutoCloseable {
    private final Path home;
    private final PostgresServer server;
    private final SupervisedProcess process;

    Postgres() {
      try {
        home = Files.createTempDirectory("dorsal-postgres");
        Path binaries = StackDirectory.home().resolve(".dorsal/binaries");
        server = PostgresServer.at(home.resolve("data"), binaries, Ports.free(), "for-tests");
        process = started(server.process(home.resolve("postgres.log")));
        server.createDatabase();
        // Tests make databases of their own.
        try (Connection admin =
                DriverManager.getConnection(
                    server.jdbcUrl().replace("/dorsal", "/postgres"), "postgres", "for-tests");
            Statement statement = admin.createStatement()) {
          statement.execute("alter role dorsal createdb");
        }
      } catch (IOException | InterruptedException | SQLException e) {
        throw new IllegalStateException("PostgreSQL for the tests did not start", e);
      }
    }

    /** Where and as whom a new, empty database is, as DORSAL_DATABASE_… variables. */
    public Map<String, String> empty() {
      String name = "t" + UUID.randomUUID().toString().replace("-", "");
      try (Connection owner =
              DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
          Statement statement = owner.createStatement()) {
        statement.execute("create database " + name);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return Map.of(
          "DORSAL_DATABASE_URL", server.jdbcUrl().replace("/dorsal", "/" + name),
          "DORSAL_DATABASE_USER", server.user(),
          "DORSAL_DATABASE_PASSWORD", server.password());
    }

    /** A pool on a new, migrated database. */
    public HikariDataSource migrated() {
      Map<String, String> environment = empty();
      Migration.run(environment);
      return pool(environment);
    }

    /** A pool on the database of this environment. */
    public static HikariDataSource pool(Map<String, String> environment) {
      var config = new HikariConfig();
      config.setJdbcUrl(environment.get("DORSAL_DATABASE_URL"));
      config.setUsername(environment.get("DORSAL_DATABASE_USER"));
      config.setPassword(environment.get("DORSAL_DATABASE_PASSWORD"));
      config.setSchema("dorsal");
      config.setMaximumPoolSize(8);
      return new HikariDataSource(config);
    }

    @Override
    public void close() throws IOException {
      process.close();
      deleteTree(home);
    }
  }

  /** Azurite behind the gateway. */
  public static final class Storage implements AutoCloseable {
    private final Path home;
    private final SupervisedProcess process;
    private final StorageGateway gateway;
    private final StorageAccounts accounts;

    Storage() {
      try {
        home = Files.createTempDirectory("dorsal-azurite");
        accounts = StorageAccounts.at(home.resolve("accounts.json"));
        int port = Ports.free();
        process =
            started(
                AzuriteServer.process(
                    StackDirectory.home().resolve("local/azurite"),
                    home.resolve("data"),
                    port,
                    accounts,
                    home.resolve("azurite.log")));
        gateway = StorageGateway.start(Ports.free(), port);
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException("Azurite for the tests did not start", e);
      }
    }

    public Containers containers() {
      return new Containers(gateway.url(), accounts);
    }

    public StorageAccounts accounts() {
      return accounts;
    }

    public StorageGateway gateway() {
      return gateway;
    }

    @Override
    public void close() throws IOException {
      gateway.close();
      process.close();
      deleteTree(home);
    }
  }

  private static void deleteTree(@Nullable Path home) throws IOException {
    if (home != null) {
      io.dorsal.local.process.FileTrees.delete(home);
    }
  }
}
