package io.dorsal.local.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Entry point of {@code ./dorsal}. Exit codes: 0 done, 1 failed (with a message on stderr), 2 wrong
 * arguments.
 */
@Command(
    name = "dorsal",
    mixinStandardHelpOptions = true,
    description = "Runs Dorsal on this machine.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      ArchiveCommand.class,
      TokenCommand.class,
      WorkerCommand.class,
      LogsCommand.class
    })
public final class DorsalMain {

  private DorsalMain() {}

  static void main(String[] arguments) {
    // The JDK's client computes Content-Length itself and lets nobody else set it; the Azure SDK
    // tries and warns each time.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "content-length");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new DorsalMain());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (!(failure instanceof IllegalStateException)
              && !(failure instanceof IllegalArgumentException)) {
            failure.printStackTrace(command.getErr());
          }
          command.getErr().println("dorsal: " + failure.getMessage());
          return 1;
        });
    return line;
  }
}
