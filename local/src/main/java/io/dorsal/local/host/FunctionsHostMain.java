package io.dorsal.local.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.dorsal.StartSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the functions host as a process of its own until it is told to stop. */
@Command(
    name = "functions-host",
    mixinStandardHelpOptions = true,
    description = "Serves a packaged Azure Functions app on this machine.")
public final class FunctionsHostMain implements Callable<Integer> {

  @Option(
      names = "--app",
      required = true,
      description = "The packaged directory, target/azure-functions/<app>.")
  private @Nullable Path app;

  @Option(names = "--port", description = "Where to listen; 0 (the default) picks a free port.")
  private int port;

  @Option(
      names = "--settings",
      description = "A local.settings.json; environment variables of the same name win.")
  private @Nullable Path settings;

  /**
   * The process ends with SIGTERM, after the calls in flight, with 78 where a setting is missing or
   * wrong, with 1 if it cannot start for another reason.
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new FunctionsHostMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    quiet();
    Path directory = app;
    if (directory == null) {
      return CommandLine.ExitCode.USAGE;
    }
    HostSettings given =
        settings == null ? HostSettings.environment() : HostSettings.fromFile(settings);
    var fault = StartSettings.fault(given.all(), StartSettings.required(given.all()));
    if (fault.isPresent()) {
      System.err.println("Functions host: " + fault.get());
      return StartSettings.EXIT_CODE;
    }
    FunctionsHost host;
    try {
      host = FunctionsHost.start(directory, port, given);
    } catch (IllegalStateException | java.io.IOException e) {
      System.err.println("Functions host: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(host::close, "drain"));
    System.out.println("Functions host listening on " + host.baseUrl());
    new CountDownLatch(1).await();
    return CommandLine.ExitCode.OK;
  }

  /** Only the host's own class path: the app sets up its own logging in its own loader. */
  private static void quiet() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger("ROOT").setLevel(Level.WARN);
      context.getLogger("io.dorsal").setLevel(Level.INFO);
    }
  }
}
