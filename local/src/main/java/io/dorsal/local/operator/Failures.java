package io.dorsal.local.operator;

import io.dorsal.local.api.ApiRefusedException;
import io.dorsal.local.api.ApiUnreachableException;
import picocli.CommandLine;

/** Tells a person why a command could not be done, and the shell which kind of reason it was. */
public final class Failures implements CommandLine.IExecutionExceptionHandler {

  private final Surroundings surroundings;

  public Failures(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, CommandLine.ParseResult whole) {
    CommandLine.ParseResult parsed = command.getParseResult();
    boolean json = parsed != null && parsed.hasMatchedOption("--json");
    Screen screen = new Screen(surroundings, json);
    return switch (failure) {
      case ApiRefusedException refused -> {
        screen.refusal(refused);
        yield ExitCodes.REFUSED;
      }
      case ApiUnreachableException _ -> tell(screen, failure, ExitCodes.UNREACHABLE);
      case UsageException _ -> {
        int code = tell(screen, failure, ExitCodes.USAGE);
        screen.say("Try " + command.getCommandSpec().qualifiedName() + " --help");
        yield code;
      }
      case IllegalStateException _, IllegalArgumentException _ ->
          tell(screen, failure, ExitCodes.REFUSED);
      default -> {
        failure.printStackTrace(surroundings.err());
        yield tell(screen, failure, ExitCodes.REFUSED);
      }
    };
  }

  private static int tell(Screen screen, Exception failure, int code) {
    screen.say("dorsal: " + failure.getMessage());
    return code;
  }
}
