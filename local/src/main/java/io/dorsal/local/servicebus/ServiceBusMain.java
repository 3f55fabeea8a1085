package io.dorsal.local.servicebus;

import io.dorsal.work.QueueSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The Service Bus stand-in as a process of its own, until SIGTERM. */
@Command(
    name = "service-bus",
    mixinStandardHelpOptions = true,
    description = "Serves the declared queues to the Azure Service Bus SDK on 127.0.0.1.")
public final class ServiceBusMain implements Callable<Integer> {

  @Option(names = "--port", required = true, description = "The port to listen on; 0 picks one.")
  private int port;

  @Option(names = "--data", required = true, description = "The SQLite file that keeps the state.")
  private @Nullable Path data;

  @Option(
      names = "--lock-duration",
      description = "How long a message stays locked, such as PT15S, instead of as declared.")
  private @Nullable Duration lockDuration;

  private ServiceBusMain() {}

  /** Runs until SIGTERM; exits with 1 when the server cannot start or loses its file. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ServiceBusMain()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    if (data == null) {
      return CommandLine.ExitCode.USAGE;
    }
    try (ServiceBusServer server = ServiceBusServer.start(port, data, queues())) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
      System.out.println("Service Bus listening on 127.0.0.1:" + server.port());
      server.ended().get();
      return CommandLine.ExitCode.OK;
    } catch (ExecutionException e) {
      System.err.println(e.getCause());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private List<QueueSettings> queues() {
    List<QueueSettings> declared = QueueSettings.declared();
    return lockDuration == null
        ? declared
        : declared.stream().map(queue -> withLockDuration(queue, lockDuration)).toList();
  }

  private static QueueSettings withLockDuration(QueueSettings queue, Duration lockDuration) {
    return new QueueSettings(
        queue.name(), lockDuration, queue.maxDeliveryCount(), queue.duplicateWindow());
  }
}
