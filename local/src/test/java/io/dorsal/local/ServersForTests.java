package io.dorsal.local;

import com.zaxxer.hikari.HikariDataSource;
import io.dorsal.jobs.Migration;
import io.dorsal.local.postgres.PostgresServer;
import io.dorsal.local.process.FileTrees;
import io.dorsal.local.process.Ports;
import io.dorsal.local.process.ProcessSpec;
import io.dorsal.local.process.SupervisedProcess;
import io.dorsal.local.stack.GivenServers;
import io.dorsal.local.stack.StackDirectory;
import io.dorsal.local.stack.StackOptions;
import io.dorsal.local.storage.AzuriteServer;
import io.dorsal.local.storage.Containers;
import io.dorsal.local.storage.StorageAccounts;
import io.dorsal.local.storage.StorageGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Real PostgreSQL and Azurite, each started once for all tests of a run that ask for them as a
 * parameter, and ended with it: embedded, or in containers where a Docker engine answers. Use by
 * {@code @ExtendWith}.
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
    var store =
        context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(ServersForTests.class));
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

  /**
   * A stack in this directory: on containers where a Docker engine answers, complete otherwise. Not
   * for tests that kill the database or look at its process.
   */
  public static StackOptions stack(Path directory) throws IOException {
    StackOptions options = StackOptions.in(StackDirectory.home(), directory);
    return ServerChoice.here() == ServerChoice.DOCKER
        ? options.withServers(ContainersForTests.start(directory))
        : options;
  }

  /** A PostgreSQL server; each test class takes a migrated database of its own. */
  public static final class Postgres implements AutoCloseable {
    private final Path home;
    private final @Nullable SupervisedProcess process;
    private final GivenServers.Database database;

    Postgres() {
      try {
        home = Files.createTempDirectory("dorsal-postgres");
        if (ServerChoice.here() == ServerChoice.DOCKER) {
          process = null;
          database = ContainersForTests.postgres();
        } else {
          Path binaries = StackDirectory.home().resolve(".dorsal/binaries");
          var server =
              PostgresServer.at(
                  home.resolve("data"), binaries, Ports.free(), ContainersForTests.PASSWORD);
          process = started(server.process(home.resolve("postgres.log")));
          server.createDatabase(ContainersForTests.ROLES);
          database = new GivenServers.Database(server.jdbcUrl(), ContainersForTests.ROLES);
        }
      } catch (IOException | InterruptedException | SQLException e) {
        throw new IllegalStateException("PostgreSQL for the tests did not start", e);
      }
    }

    /** A new, empty database. */
    public GivenServers.Database fresh() {
      String name = "t" + UUID.randomUUID().toString().replace("-", "");
      String postgres = database.jdbcUrl().replace("/dorsal", "/postgres");
      try {
        PostgresServer.createDatabase(
            postgres, ContainersForTests.PASSWORD, name, database.roles());
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      String url = database.jdbcUrl().replace("/dorsal", "/" + name);
      return new GivenServers.Database(url, database.roles());
    }

    /** A new, empty database as the settings of processes and migration. */
    public Map<String, String> empty() {
      GivenServers.Database made = fresh();
      Map<String, String> settings = new HashMap<>(made.settings());
      settings.putAll(made.migration());
      return Map.copyOf(settings);
    }

    /** A pool on a new, migrated database. */
    public HikariDataSource migrated() {
      Map<String, String> environment = empty();
      Migration.run(environment);
      return pool(environment);
    }

    /** A pool on the database of this environment, of the owner, who sees every tenant. */
    public static HikariDataSource pool(Map<String, String> environment) {
      return pool(
          environment,
          String.valueOf(environment.get("DORSAL_MIGRATE_DATABASE_USER")),
          String.valueOf(environment.get("DORSAL_MIGRATE_DATABASE_PASSWORD")));
    }

    /** The same of the server's superuser. */
    public static HikariDataSource superuser(Map<String, String> environment) {
      return pool(environment, "postgres", ContainersForTests.PASSWORD);
    }

    /** The same of any role; connects with the first call. */
    public static HikariDataSource pool(
        Map<String, String> environment, String user, String password) {
      var pool = new HikariDataSource();
      pool.setJdbcUrl(environment.get("DORSAL_DATABASE_URL"));
      pool.setUsername(user);
      pool.setPassword(password);
      pool.setSchema("dorsal");
      pool.setMaximumPoolSize(8);
      return pool;
    }

    @Override
    public void close() throws IOException {
      if (process != null) {
        process.close();
      }
      FileTrees.delete(home);
    }
  }

  /** Azurite behind the gateway. */
  public static final class Storage implements AutoCloseable {
    private final Path home;
    private final @Nullable SupervisedProcess process;
    private final StorageGateway gateway;
    private final StorageAccounts accounts;
    private final int port;

    Storage() {
      try {
        home = Files.createTempDirectory("dorsal-azurite");
        accounts = StorageAccounts.at(home.resolve("accounts.json"));
        if (ServerChoice.here() == ServerChoice.DOCKER) {
          process = null;
          port = ContainersForTests.azurite(accounts);
        } else {
          port = Ports.free();
          Path programs = StackDirectory.home().resolve("local/azurite");
          Path log = home.resolve("azurite.log");
          process =
              started(AzuriteServer.process(programs, home.resolve("data"), port, accounts, log));
        }
        gateway = StorageGateway.start(Ports.free(), port, accounts);
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException("Azurite for the tests did not start", e);
      }
    }

    /** Where it listens behind the gateway. */
    public int port() {
      return port;
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
      if (process != null) {
        process.close();
      }
      FileTrees.delete(home);
    }
  }
}
