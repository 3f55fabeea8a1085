package io.dorsal.local.cli;

import io.dorsal.local.process.ProcessIdentity;
import io.dorsal.local.stack.Here;
import io.dorsal.local.stack.StackState;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what runs. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows the stack's processes; exit code 1 when it is not running.")
final class StatusCommand implements Callable<Integer> {

  /** One line, without secrets. */
  record Line(String name, String state, @Nullable Long pid, int restarts, String log) {}

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Optional<StackState> state = Here.find();
    if (state.isEmpty()) {
      if (json) {
        Terminal.json(Map.of("state", "DOWN"));
      } else {
        Terminal.report("The stack is not running.");
      }
      return 1;
    }
    StackState stack = state.get();
    List<Line> lines = stack.processes().stream().map(StatusCommand::line).toList();
    if (json) {
      Terminal.json(Map.of("state", stack.state(), "api", stack.api(), "processes", lines));
      return 0;
    }
    Terminal.report(stack.state() + "  api " + stack.api() + "/api/v1");
    for (Line line : lines) {
      Terminal.report(
          String.format(
              Locale.ROOT,
              "%-12s %-10s %8s  %d restarts  %s",
              line.name(),
              line.state(),
              line.pid() == null ? "-" : line.pid().toString(),
              line.restarts(),
              line.log()));
    }
    return 0;
  }

  private static Line line(StackState.Part part) {
    ProcessIdentity process = part.process();
    boolean alive = process != null && process.find().isPresent();
    String state = alive ? "running" : part.wanted() ? "restarting" : "down";
    return new Line(
        part.name(),
        state,
        alive && process != null ? process.pid() : null,
        part.restarts(),
        part.log());
  }
}
