package io.dorsal.local.stack;

import io.dorsal.local.oidc.OidcServer;
import io.dorsal.local.oidc.Tokens;
import io.dorsal.local.postgres.RolePasswords;
import io.dorsal.local.process.PrivateFiles;
import io.dorsal.local.process.ProcessIdentity;
import io.dorsal.local.process.ProcessSpec;
import io.dorsal.local.process.SupervisedProcess;
import io.dorsal.local.storage.Containers;
import io.dorsal.local.storage.StorageAccounts;
import io.dorsal.local.storage.StorageGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The parts of one stack and the order in which they come and go. */
final class StackParts implements AutoCloseable {

  private final StackOptions options;
  private final StackDirectory directory;
  private final KeptPorts ports;
  private final Servers servers;
  private final OwnProcesses own;
  private final StackProcesses processes;
  private final int gatewayPort;
  private final int oidcPort;
  private @Nullable StorageGateway gateway;
  private @Nullable OidcServer oidc;

  StackParts(StackOptions options, Runnable onChange) throws IOException, InterruptedException {
    this.options = options;
    this.directory = options.directory();
    this.processes = new StackProcesses(onChange);
    this.ports = KeptPorts.at(directory.ports());
    this.gatewayPort = ports.of("gateway");
    this.oidcPort = ports.of("oidc");
    var roles =
        new RolePasswords(secret("dorsal_migrate"), secret("dorsal_app"), secret("dorsal_maint"));
    this.servers = Servers.of(options, ports, secret("postgres"), roles);
    this.own =
        new OwnProcesses(
            options,
            servers.database(),
            OidcServer.issuer(oidcPort),
            ports.of("servicebus"),
            ports.of("functions"),
            ports.of("edge"),
            secret("identity-webhook"),
            directory.key("vault.key"),
            containers().endpoint(StorageAccounts.STORE),
            servers.accounts().key(StorageAccounts.STORE),
            secret("metrics"));
  }

  int port(String part) throws IOException {
    return ports.of(part);
  }

  void startAll(Consumer<String> says) throws IOException, InterruptedException {
    Optional<ProcessSpec> postgres = servers.postgres();
    if (postgres.isPresent()) {
      says.accept("Starting PostgreSQL");
      processes.start(postgres.get());
    }
    servers.createDatabase();
    says.accept("Migrating the database");
    own.migrate();
    if (!options.programs().migration().isEmpty()) {
      People.ROLES.forEach(
          role -> People.ready(jdbcUrl(), OidcServer.issuer(oidcPort), "demo", role));
    }
    Optional<ProcessSpec> azurite = servers.azurite();
    if (azurite.isPresent()) {
      says.accept("Starting the blob store");
      processes.start(azurite.get());
    }
    gateway = StorageGateway.start(gatewayPort, servers.storagePort(), servers.accounts());
    oidc = OidcServer.start(oidcPort, directory.key("oidc.json"));
    says.accept("Starting Service Bus");
    processes.start(own.serviceBus());
    says.accept("Starting the functions");
    SupervisedProcess edge = options.edge() ? processes.add(own.edge(internalPort("edge"))) : null;
    if (edge != null) {
      // Its start takes as long as that of the functions, which wait for nothing of it.
      edge.start();
    }
    processes.start(own.functions());
    if (edge != null) {
      StackProcesses.awaitReady(edge);
    }
    for (int number = 1; number <= options.workers(); number++) {
      String name = StackProcesses.WORKER + number;
      says.accept("Starting " + name);
      StackProcesses.startAndAwait(addWorker(name));
    }
  }

  StackProcesses processes() {
    return processes;
  }

  SupervisedProcess addWorker(String name) {
    return processes.addWorker(name, worker -> own.worker(worker, internalPort(worker)));
  }

  /** Where a worker or the edge tells its health, readiness and metrics. */
  int internalPort(String process) {
    try {
      return ports.of(process + "-internal");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String metricsToken() {
    try {
      return secret("metrics");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String api() {
    return own.api();
  }

  String serviceBus() {
    return own.serviceBusConnection();
  }

  String identityWebhookSecret() {
    try {
      return secret("identity-webhook");
    } catch (IOException e) {
      throw new IllegalStateException("The secret cannot be read", e);
    }
  }

  Path serviceBusData() {
    return own.serviceBusData();
  }

  int oidcPort() {
    return oidcPort;
  }

  String jdbcUrl() {
    var database = servers.database();
    return database.jdbcUrl() + "?user=dorsal_maint&password=" + database.roles().maint();
  }

  GivenServers.Database database() {
    return servers.database();
  }

  Containers containers() {
    return new Containers("http://127.0.0.1:" + gatewayPort, servers.accounts());
  }

  StorageGateway gateway() {
    if (gateway == null) {
      throw new IllegalStateException("The storage gateway has not been started yet");
    }
    return gateway;
  }

  Tokens tokens() {
    try {
      return Tokens.trusted(OidcServer.issuer(oidcPort), directory.key("oidc.json"));
    } catch (IOException e) {
      throw new IllegalStateException("The signing key cannot be read", e);
    }
  }

  StackState state(StackState.Phase phase, StackState.Control control) {
    Map<String, Long> workers = new TreeMap<>();
    for (SupervisedProcess worker : processes.workers()) {
      worker.pid().ifPresent(pid -> workers.put(worker.name(), pid));
    }
    Containers containers = containers();
    return new StackState(
        phase,
        ProcessIdentity.of(ProcessHandle.current()),
        api(),
        options.edge() ? own.edgeAddress() : null,
        OidcServer.issuer(oidcPort),
        new StackState.Storage(
            containers.endpoint(StorageAccounts.SOURCE),
            containers.endpoint(StorageAccounts.STORE),
            "http://127.0.0.1:" + gatewayPort),
        serviceBus(),
        jdbcUrl(),
        workers,
        processes.all().stream().map(StackParts::part).toList(),
        control);
  }

  private static StackState.Part part(SupervisedProcess process) {
    return new StackState.Part(
        process.name(),
        process.identity().orElse(null),
        process.wanted(),
        process.restarts(),
        process.log().toString());
  }

  @Override
  public void close() {
    // Workers give back what they hold together, not one after the other.
    List<SupervisedProcess> workers = processes.workers();
    processes.closeTogether(workers::contains);
    for (String name : List.of("functions", "edge", "servicebus", "azurite")) {
      processes.closeTogether(process -> process.name().equals(name));
    }
    if (gateway != null) {
      gateway.close();
    }
    if (oidc != null) {
      oidc.close();
    }
    processes.closeTogether(process -> true);
    ports.close();
  }

  private String secret(String name) throws IOException {
    Path file = directory.key(name + ".key");
    if (!Files.exists(file)) {
      byte[] random = new byte[32];
      new SecureRandom().nextBytes(random);
      PrivateFiles.write(file, HexFormat.of().formatHex(random) + "\n");
    }
    return Files.readString(file).strip();
  }
}
