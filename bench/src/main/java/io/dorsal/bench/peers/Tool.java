package io.dorsal.bench.peers;

import io.dorsal.bench.figures.Processes;
import io.dorsal.bench.figures.Use;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Another's program, from a Debian package. One runs at a time, for its CPU time is told from that
 * of all children that ended.
 */
public final class Tool {

  private static final Duration LONGEST_INSTALLATION = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(10);

  private final Path program;

  private Tool(Path program) {
    this.program = program;
  }

  /**
   * One run.
   *
   * @param wall from start to end of the process
   */
  public record Ran(int exit, Duration wall, Use use) {}

  /**
   * Finds a program, installing its package where it is missing and that is allowed: as root on
   * Debian.
   */
  public static Optional<Tool> find(String name, String debianPackage)
      throws IOException, InterruptedException {
    Optional<Path> found = onPath(name);
    if (found.isEmpty() && mayInstall()) {
      System.err.println("Installing " + debianPackage);
      Process apt =
          new ProcessBuilder(
                  "apt-get", "install", "-y", "-q", "--no-install-recommends", debianPackage)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
      if (!apt.waitFor(LONGEST_INSTALLATION.toSeconds(), TimeUnit.SECONDS)) {
        apt.destroy();
      }
      found = onPath(name);
    }
    return found.map(Tool::new);
  }

  /** The line that stands where a program could not take part. */
  public static String missing(String name, String debianPackage) {
    return name + " took no part: it is not installed (apt-get install " + debianPackage + ").";
  }

  private static boolean mayInstall() {
    return "root".equals(System.getProperty("user.name")) && onPath("apt-get").isPresent();
  }

  private static Optional<Path> onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Runs it to its end.
   *
   * @param output takes what it prints
   * @param errors takes what it complains of
   */
  public Ran run(List<String> arguments, Path output, Path errors)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    Duration before = Processes.endedChildren();
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    long peak = 0;
    while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, Processes.peakKib(List.of(process.pid())));
    }
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    Duration cpu = Processes.endedChildren().minus(before);
    return new Ran(process.exitValue(), wall, new Use(cpu, peak));
  }
}
