package io.dorsal.local.cli;

import io.dorsal.local.process.LogFollower;
import io.dorsal.local.process.LogTail;
import io.dorsal.local.stack.Here;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the processes wrote. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Prints the end of a process' log; without a name it lists the logs there are.")
final class LogsCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofMillis(300);

  @Parameters(
      arity = "0..1",
      paramLabel = "WHAT",
      description = "worker-1, functions, servicebus, postgres, azurite, migration, stack")
  private @Nullable String what;

  @Option(names = "--lines", description = "How many lines, default ${DEFAULT-VALUE}.")
  private int lines = 200;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what comes, until Ctrl-C.")
  private boolean follow;

  @Option(names = "--json", description = "Print the lines as they were written.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (what == null) {
      names().forEach(Terminal::report);
      return 0;
    }
    Path log = Here.directory().log(what);
    if (!names().contains(what)) {
      throw new IllegalArgumentException("No log " + what + "; there are " + names());
    }
    OutputStream out = json ? System.out : new ReadableLines(System.out);
    LogFollower follower = new LogFollower(log, out);
    String end = LogTail.of(log, lines);
    Terminal.report(
        json ? end : end.lines().map(ReadableLines::of).collect(Collectors.joining("\n")));
    while (follow) {
      if (follower.step() == 0) {
        Thread.sleep(LOOK);
      }
    }
    return 0;
  }

  private static List<String> names() throws IOException {
    Path logs = Here.directory().logs();
    if (!Files.isDirectory(logs)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(logs)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".log"))
          .map(name -> name.substring(0, name.length() - 4))
          .sorted()
          .toList();
    }
  }
}
