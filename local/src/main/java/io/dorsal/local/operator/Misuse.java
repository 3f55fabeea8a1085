package io.dorsal.local.operator;

import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Answers arguments that make no command. What looks like a secret is not repeated: it should never
 * have been on a command line, and must not get into a log from there.
 */
public final class Misuse implements CommandLine.IParameterExceptionHandler {

  private static final Pattern SECRETS =
      Pattern.compile("(?i)(sig|AccountKey|SharedAccessSignature|password|token)=[^&;\\s'\"]*");

  @Override
  public int handleParseException(ParameterException misuse, String[] arguments) {
    CommandLine command = misuse.getCommandLine();
    var err = command.getErr();
    String message = String.valueOf(misuse.getMessage());
    err.println("dorsal: " + Table.safe(SECRETS.matcher(message).replaceAll("$1=***")));
    if (message.contains("'--secret'") || SECRETS.matcher(message).find()) {
      err.println(
          "A secret on a command line can be seen by others: use --secret-stdin, and renew it.");
    }
    if (!command.getSubcommands().isEmpty()) {
      UnmatchedArgumentException.printSuggestions(misuse, err);
      command.usage(err);
    } else {
      err.println("Try " + command.getCommandSpec().qualifiedName() + " --help");
    }
    err.flush();
    return ExitCodes.USAGE;
  }
}
