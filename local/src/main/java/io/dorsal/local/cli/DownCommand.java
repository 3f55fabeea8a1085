package io.dorsal.local.cli;

import io.dorsal.local.process.Signal;
import io.dorsal.local.stack.Here;
import io.dorsal.local.stack.StackState;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Ends the stack: the supervisor by its recorded id, then whatever it may have left. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Ends the local stack; its data stays.")
final class DownCommand implements Callable<Integer> {

  /** Workers may take 20 s to give back what they hold, the others go after them. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public Integer call() throws IOException {
    Optional<StackState> state = StackState.read(Here.directory());
    if (state.isEmpty()) {
      Terminal.say("The stack is not running.");
      return 0;
    }
    Terminal.say("Ending the stack…");
    state.get().supervisor().end(Signal.TERM, PATIENCE);
    int left = state.get().endLeftovers();
    Files.deleteIfExists(Here.directory().state());
    Terminal.say(
        left == 0 ? "The stack has ended." : "Ended, with " + left + " leftover processes.");
    return 0;
  }
}
