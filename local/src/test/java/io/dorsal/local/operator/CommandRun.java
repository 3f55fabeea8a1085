package io.dorsal.local.operator;

import io.dorsal.local.cli.DorsalMain;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One command as a person or a script runs it, in this process. */
record CommandRun(int exit, String out, String err) {

  /** Runs it with pipes for stdout and stderr. */
  static CommandRun of(Map<String, String> environment, String stdin, String... arguments) {
    return of(environment, stdin, false, arguments);
  }

  static CommandRun of(
      Map<String, String> environment, String stdin, boolean terminal, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings surroundings =
        new Surroundings(
            environment,
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            terminal,
            terminal);
    int exit = DorsalMain.commandLine(surroundings).execute(arguments);
    return new CommandRun(exit, out.toString(), err.toString());
  }

  JsonNode json() {
    return JsonMapper.shared().readTree(out);
  }

  String all() {
    return out + err;
  }
}
