package io.dorsal.local.cli;

import io.dorsal.local.operator.ConnectionsCommand;
import io.dorsal.local.operator.Failures;
import io.dorsal.local.operator.FormatsCommand;
import io.dorsal.local.operator.Misuse;
import io.dorsal.local.operator.ScansCommand;
import io.dorsal.local.operator.SourcesCommand;
import io.dorsal.local.operator.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Entry point of {@code ./dorsal}. Exit codes: 0 done, 1 failed (with a message on stderr), 2 wrong
 * arguments; the operator's commands add 3 not reachable and 4 done but not well.
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
      ClockCommand.class,
      LogsCommand.class,
      ConnectionsCommand.class,
      SourcesCommand.class,
      ScansCommand.class,
      FormatsCommand.class,
      CompletionCommand.class
    })
public final class DorsalMain {

  private DorsalMain() {}

  static void main(String[] arguments) {
    System.exit(commandLine(Surroundings.ofProcess()).execute(arguments));
  }

  /** All commands, as they behave in these surroundings. */
  public static CommandLine commandLine(Surroundings surroundings) {
    return new CommandLine(new DorsalMain(), surroundings.factory())
        .setOut(surroundings.out())
        .setErr(surroundings.err())
        .setParameterExceptionHandler(new Misuse())
        .setExecutionExceptionHandler(new Failures(surroundings));
  }
}
