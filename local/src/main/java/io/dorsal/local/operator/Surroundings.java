package io.dorsal.local.operator;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Where a command runs: what it is given besides its arguments, and where it writes.
 *
 * @param outIsTerminal reports go to a person's eyes
 * @param errIsTerminal a progress bar may move there
 */
public record Surroundings(
    Map<String, String> environment,
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    boolean outIsTerminal,
    boolean errIsTerminal) {

  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Those of this process. The script looks at the terminals, Java cannot tell them apart. */
  public static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        System.in,
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        Boolean.getBoolean("dorsal.stdout"),
        Boolean.getBoolean("dorsal.terminal"));
  }

  /** Makes the commands' option groups, each in these surroundings. */
  public CommandLine.IFactory factory() {
    CommandLine.IFactory others = CommandLine.defaultFactory();
    return new CommandLine.IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        return type == Call.class ? type.cast(new Call(Surroundings.this)) : others.create(type);
      }
    };
  }

  /** A variable that is set and not blank. */
  @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
