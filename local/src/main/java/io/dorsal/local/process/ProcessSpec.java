package io.dorsal.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How one process is started, known to be ready and ended.
 *
 * @param environment added to the supervisor's own
 * @param log takes both output streams, appended
 * @param preparation runs before every start, restarts too
 * @param grace between the stop signal and SIGKILL
 */
public record ProcessSpec(
    String name,
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Path log,
    Preparation preparation,
    Readiness readiness,
    Signal stop,
    Duration grace) {

  /** Work before a start. */
  @FunctionalInterface
  public interface Preparation {
    void run() throws IOException;
  }

  public ProcessSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** A process without preparation that ends on SIGTERM and is ready at once. */
  public static ProcessSpec of(String name, List<String> command, Path directory, Path log) {
    return new ProcessSpec(
        name,
        command,
        Map.of(),
        directory,
        log,
        () -> {},
        Readiness.atOnce(),
        Signal.TERM,
        Duration.ofSeconds(25));
  }

  /** Prepares and starts it once, in a session of its own, on the {@link Lifeline}. */
  Process launch() throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    preparation.run();
    ProcessBuilder builder = new ProcessBuilder(Session.own(command)).directory(directory.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    Lifeline.hold(process, stop, grace);
    process.getOutputStream().close();
    return process;
  }

  public ProcessSpec withEnvironment(Map<String, String> added) {
    return new ProcessSpec(
        name, command, added, directory, log, preparation, readiness, stop, grace);
  }

  public ProcessSpec withPreparation(Preparation added) {
    return new ProcessSpec(
        name, command, environment, directory, log, added, readiness, stop, grace);
  }

  public ProcessSpec withReadiness(Readiness added) {
    return new ProcessSpec(
        name, command, environment, directory, log, preparation, added, stop, grace);
  }

  public ProcessSpec withStop(Signal signal, Duration patience) {
    return new ProcessSpec(
        name, command, environment, directory, log, preparation, readiness, signal, patience);
  }
}
