package io.dorsal.functions;

import io.dorsal.local.host.FunctionsHostMain;
import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.local.process.Ports;
import io.dorsal.local.process.ProcessSpec;
import io.dorsal.local.process.Readiness;
import io.dorsal.local.process.Signal;
import io.dorsal.local.process.SupervisedProcess;
import io.dorsal.local.stack.LocalStack;
import io.dorsal.local.stack.StackDirectory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Another functions host beside the stack's, on the same database and queues. */
public final class SecondHost implements AutoCloseable {

  private static final Path APP =
      StackDirectory.home().resolve("functions/target/azure-functions/dorsal-functions");

  private final SupervisedProcess process;
  private final String address;

  private SecondHost(SupervisedProcess process, String address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param settings besides those of the stack, or instead of them
   */
  public static SecondHost beside(LocalStack stack, Map<String, String> settings)
      throws InterruptedException {
    int port = Ports.free();
    String address = "http://127.0.0.1:" + port;
    Map<String, String> environment = new TreeMap<>(settings);
    environment.put("DORSAL_PROFILE", "local");
    environment.putAll(stack.database().settings());
    environment.put("DORSAL_SERVICEBUS_CONNECTION", stack.serviceBusConnectionString());
    environment.put("DORSAL_OIDC_URL", stack.issuer());
    environment.put("DORSAL_JWT_AUDIENCE", TokenRequest.AUDIENCE);
    environment.put("DORSAL_KEY_FILE", stack.directory().key("vault.key").toString());
    // No load balancer has to see it leave.
    environment.put("DORSAL_NOT_READY", "0s");
    environment.putAll(settings);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            FunctionsHostMain.class.getName(),
            "--app",
            APP.toString(),
            "--port",
            String.valueOf(port));
    String name = "functions-" + port;
    Path log = stack.directory().log(name);
    var spec =
        ProcessSpec.of(name, command, StackDirectory.home(), log)
            .withEnvironment(environment)
            .withReadiness(Readiness.answering(URI.create(address + "/api/v1/health")));
    var process = new SupervisedProcess(spec, () -> {});
    process.start();
    process.awaitReady(Duration.ofMinutes(2));
    return new SecondHost(process, address);
  }

  /** Tells it to end, and returns at once. */
  public void end() {
    process.signal(Signal.TERM);
  }

  /** Whether its process lives. */
  public boolean lives() {
    return process.pid().isPresent();
  }

  public String address() {
    return address;
  }

  @Override
  public void close() {
    process.close();
  }
}
