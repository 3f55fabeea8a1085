package io.dorsal.local.postgres;

import io.dorsal.local.process.FileTrees;
import io.dorsal.local.process.PrivateFiles;
import io.dorsal.local.process.ProcessIdentity;
import io.dorsal.local.process.ProcessSpec;
import io.dorsal.local.process.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL cluster in a directory, to be run as one supervised process. Immutable.
 *
 * <p>A server that was killed leaves a pid file and perhaps busy backends behind: the first is
 * cleared before every start, the second make the start fail until they are gone, and the
 * supervisor tries again.
 */
public final class PostgresServer {

  /** The database of the stack. */
  public static final String DATABASE = "dorsal";

  /** What makes the three roles, here as in Azure. */
  private static final String ROLES = "/db/roles.sql";

  private static final String SUPERUSER = "postgres";

  private final Path data;
  private final Path programs;
  private final int port;
  private final String password;

  private PostgresServer(Path data, Path programs, int port, String password) {
    this.data = data;
    this.programs = programs;
    this.port = port;
    this.password = password;
  }

  /**
   * The cluster in this directory, made now if there is none. Takes two seconds the first time.
   *
   * @param cache where the unpacked binaries are kept for all clusters
   * @param password of the superuser, fixed when the cluster is made
   */
  public static PostgresServer at(Path data, Path cache, int port, String password)
      throws IOException, InterruptedException {
    Path home = data.toAbsolutePath().normalize();
    PostgresServer server =
        new PostgresServer(
            home, PostgresBinaries.unpacked(cache.toAbsolutePath()).resolve("bin"), port, password);
    if (!Files.exists(home.resolve("PG_VERSION"))) {
      server.initialize();
    }
    return server;
  }

  /**
   * How the server is started: fails until the backends of a killed one are gone, so it wants a
   * supervisor.
   */
  public ProcessSpec process(Path log) {
    List<String> command = asUser();
    command.addAll(
        List.of(
            programs.resolve("postgres").toString(),
            "-D",
            data.toString(),
            "-p",
            String.valueOf(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "max_connections=200",
            "-c",
            "shared_buffers=256MB",
            "-c",
            "max_wal_size=2GB",
            "-c",
            "timezone=UTC",
            "-c",
            "log_timezone=UTC"));
    return ProcessSpec.of("postgres", command, data.resolveSibling("."), log)
        .withPreparation(this::endLeftover)
        .withReadiness(this::answers)
        .withStop(Signal.INT, Duration.ofSeconds(30));
  }

  /** Makes the database and its roles if they are missing. The server must run. */
  public void createDatabase(RolePasswords roles) throws SQLException {
    createDatabase(url(SUPERUSER), password, DATABASE, roles);
  }

  /**
   * The same on any server, for a database of any name.
   *
   * @param url of the database {@code postgres} there
   * @param password of its superuser {@code postgres}
   */
  public static void createDatabase(
      String url, String password, String database, RolePasswords roles) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, SUPERUSER, password);
        Statement statement = connection.createStatement()) {
      if (!any(statement, "select 1 from pg_database where datname = '" + database + "'")) {
        statement.execute("create database " + database);
      }
    }
    String made = url.replace("/" + SUPERUSER, "/" + database);
    try (Connection connection = DriverManager.getConnection(made, SUPERUSER, password);
        Statement statement = connection.createStatement()) {
      statement.execute(roleScript());
      for (String sql : roles.statements()) {
        statement.execute(sql);
      }
      // Until there were three roles one of this name owned everything.
      if (any(statement, "select 1 from pg_roles where rolname = '" + DATABASE + "'")) {
        statement.execute("reassign owned by " + DATABASE + " to dorsal_migrate");
      }
    }
  }

  private static String roleScript() {
    try (InputStream script =
        Objects.requireNonNull(PostgresServer.class.getResourceAsStream(ROLES))) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the stack's database is, without user and password. */
  public String jdbcUrl() {
    return url(DATABASE);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private static boolean any(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  private boolean answers() {
    String url = url(SUPERUSER) + "?loginTimeout=2&connectTimeout=2";
    try (Connection connection = DriverManager.getConnection(url, SUPERUSER, password)) {
      return connection.isValid(2);
    } catch (SQLException e) {
      return false;
    }
  }

  private void initialize() throws IOException, InterruptedException {
    // Half a cluster is left when the first start was cut off: nothing of it is worth keeping.
    FileTrees.delete(data);
    Files.createDirectories(data);
    Path secret = data.resolveSibling("initdb.password");
    Path log = data.resolveSibling("initdb.log");
    PrivateFiles.write(secret, password);
    List<String> command = asUser();
    command.addAll(
        List.of(
            programs.resolve("initdb").toString(),
            "--pgdata=" + data,
            "--username=" + SUPERUSER,
            "--pwfile=" + secret,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions"));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "PostgreSQL could not make its data directory:\n" + Files.readString(log));
      }
    } finally {
      Files.deleteIfExists(secret);
    }
    Files.deleteIfExists(log);
  }

  /**
   * PostgreSQL refuses to run as root; in a user namespace of its own root is nobody, and the files
   * still belong to it.
   */
  private static List<String> asUser() {
    List<String> prefix = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      if (!Files.isExecutable(Path.of("/usr/bin/unshare"))) {
        throw new IllegalStateException(
            "PostgreSQL does not run as root. Run ./dorsal as another user, or install util-linux"
                + " (it needs /usr/bin/unshare).");
      }
      prefix.addAll(List.of("/usr/bin/unshare", "--user"));
    }
    return prefix;
  }

  private void endLeftover() throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    Optional<ProcessHandle> holder =
        lines.isEmpty()
            ? Optional.empty()
            : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
    holder
        .filter(ProcessHandle::isAlive)
        .filter(this::serves)
        .ifPresent(server -> ProcessIdentity.of(server).end(Signal.INT, Duration.ofSeconds(20)));
    // Whoever has that id now, it is no server of this cluster: PostgreSQL would be afraid of it.
    Files.deleteIfExists(pidFile);
  }

  private boolean serves(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(data.toString());
  }
}
