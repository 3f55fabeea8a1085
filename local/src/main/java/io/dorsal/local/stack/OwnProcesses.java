package io.dorsal.local.stack;

import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.local.process.Lifeline;
import io.dorsal.local.process.LogTail;
import io.dorsal.local.process.ProcessSpec;
import io.dorsal.local.process.Readiness;
import io.dorsal.local.process.Signal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The processes that run code of ours, with the settings they get. */
final class OwnProcesses {

  /** Graceful stop is promised within 20 s. */
  private static final Duration GRACE = Duration.ofSeconds(25);

  private final StackOptions options;
  private final StackDirectory directory;
  private final GivenServers.Database database;
  private final String issuer;
  private final int serviceBusPort;
  private final int functionsPort;
  private final int edgePort;
  private final String webhookSecret;
  private final String metricsToken;
  private final Path keyFile;
  private final String storeEndpoint;
  private final String storeKey;

  OwnProcesses(
      StackOptions options,
      GivenServers.Database database,
      String issuer,
      int serviceBusPort,
      int functionsPort,
      int edgePort,
      String webhookSecret,
      Path keyFile,
      String storeEndpoint,
      String storeKey,
      String metricsToken) {
    this.metricsToken = metricsToken;
    this.options = options;
    this.directory = options.directory();
    this.database = database;
    this.issuer = issuer;
    this.serviceBusPort = serviceBusPort;
    this.functionsPort = functionsPort;
    this.edgePort = edgePort;
    this.webhookSecret = webhookSecret;
    this.keyFile = keyFile;
    this.storeEndpoint = storeEndpoint;
    this.storeKey = storeKey;
  }

  String api() {
    return "http://127.0.0.1:" + functionsPort;
  }

  /** The stand-in looks at no key; the SDK wants one that looks like it. */
  String serviceBusConnection() {
    return "Endpoint=sb://127.0.0.1:"
        + serviceBusPort
        + ";SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=bG9jYWw="
        + ";UseDevelopmentEmulator=true;";
  }

  Path serviceBusData() {
    return directory.data("servicebus").resolve("messages.db");
  }

  /** Brings the database up to date, in a process of its own that ends. */
  void migrate() throws IOException, InterruptedException {
    List<String> command = options.programs().migration();
    if (command.isEmpty()) {
      return;
    }
    Path log = directory.log("migration");
    Files.createDirectories(directory.logs());
    ProcessBuilder builder = new ProcessBuilder(command).directory(options.home().toFile());
    builder.environment().putAll(database.migration());
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Lifeline.hold(process, Signal.TERM, GRACE);
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    if (!ended || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException("The migrations failed:\n" + LogTail.of(log, 30));
    }
  }

  ProcessSpec serviceBus() throws IOException {
    Path data = serviceBusData();
    Files.createDirectories(data.getParent());
    List<String> command = new ArrayList<>(options.programs().serviceBus());
    command.addAll(List.of("--port", String.valueOf(serviceBusPort), "--data", data.toString()));
    options
        .lockDuration()
        .ifPresent(duration -> command.addAll(List.of("--lock-duration", duration.toString())));
    return spec("servicebus", command).withReadiness(Readiness.listening(serviceBusPort));
  }

  ProcessSpec functions() {
    List<String> command = new ArrayList<>(options.programs().functionsHost());
    command.addAll(List.of("--port", String.valueOf(functionsPort)));
    Map<String, String> environment = new TreeMap<>(environment());
    environment.put("DORSAL_INSTANCE_ID", "functions");
    if (options.edge()) {
      environment.put("DORSAL_EDGE_URL", edgeAddress());
    }
    return spec("functions", command)
        .withEnvironment(environment)
        .withReadiness(Readiness.answering(URI.create(api() + "/api/v1/health")));
  }

  String edgeAddress() {
    return "http://127.0.0.1:" + edgePort;
  }

  /** The worker's program, which as edge takes no work. */
  ProcessSpec edge(int internalPort) {
    Map<String, String> environment = internal(internalPort);
    environment.put("SPRING_PROFILES_ACTIVE", "edge");
    environment.put("DORSAL_INSTANCE_ID", "edge");
    environment.put("DORSAL_EDGE_ADDRESS", "127.0.0.1");
    environment.put("DORSAL_EDGE_PORT", String.valueOf(edgePort));
    // The functions host stands before it.
    environment.put("DORSAL_TRUSTED_PROXIES", "1");
    return spec("edge", options.programs().worker())
        .withEnvironment(environment)
        .withReadiness(Readiness.answering(URI.create(edgeAddress() + "/api/v1/health")));
  }

  ProcessSpec worker(String name, int internalPort) {
    Map<String, String> environment = internal(internalPort);
    environment.put("DORSAL_WORKER_ID", name);
    return spec(name, options.programs().worker()).withEnvironment(environment);
  }

  private Map<String, String> internal(int port) {
    Map<String, String> environment = new TreeMap<>(environment());
    // Each of many threads would get memory of glibc's to itself, and give none of it back.
    environment.put("MALLOC_ARENA_MAX", "2");
    environment.put("DORSAL_INTERNAL_ADDRESS", "127.0.0.1");
    environment.put("DORSAL_INTERNAL_PORT", String.valueOf(port));
    return environment;
  }

  private ProcessSpec spec(String name, List<String> command) {
    return ProcessSpec.of(name, command, options.home(), directory.log(name))
        .withStop(Signal.TERM, GRACE);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("DORSAL_PROFILE", "local");
    environment.putAll(database.settings());
    environment.put("DORSAL_SERVICEBUS_CONNECTION", serviceBusConnection());
    environment.put("DORSAL_OIDC_URL", issuer);
    environment.put("DORSAL_JWT_AUDIENCE", TokenRequest.AUDIENCE);
    environment.put("DORSAL_IDENTITY_WEBHOOKS_LOCAL_ISSUER", issuer);
    environment.put("DORSAL_IDENTITY_WEBHOOKS_LOCAL_SECRET", webhookSecret);
    environment.put("DORSAL_KEY_FILE", keyFile.toString());
    environment.put("DORSAL_EXPIRY_SHIFT_FILE", directory.expiryShift().toString());
    environment.put("DORSAL_STORE_ENDPOINT", storeEndpoint);
    environment.put("DORSAL_STORE_KEY", storeKey);
    // A stack of one's own is not throttled by surprise; its settings may switch it on.
    environment.put("DORSAL_RATE_LIMITS", "false");
    environment.put("DORSAL_METRICS_TOKEN", metricsToken);
    // No load balancer has to see an edge leave.
    environment.put("DORSAL_NOT_READY", "0s");
    environment.putAll(options.settings());
    return environment;
  }
}
