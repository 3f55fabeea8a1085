package io.dorsal.local.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns log lines in JSON into lines that people read, each when it is complete; others go through
 * as they are.
 */
final class ReadableLines extends OutputStream {

  private final PrintStream out;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  ReadableLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void write(int next) {
    if (next == '\n') {
      out.println(of(line.toString(StandardCharsets.UTF_8)));
      line.reset();
    } else {
      line.write(next);
    }
  }

  @Override
  public void flush() {
    out.flush();
  }

  /** One line as people read it: time, level, trace, logger, message, and the stack below. */
  static String of(String line) {
    if (!line.startsWith("{")) {
      return line;
    }
    try {
      JsonNode json = JsonMapper.shared().readTree(line);
      if (!json.has("ts") || !json.has("message")) {
        return line;
      }
      String logger = json.path("logger").asString("");
      String stack = json.path("error").path("stack").asString("").stripTrailing();
      return String.format(
          Locale.ROOT,
          "%s %-5s [%s] %s - %s%s",
          json.path("ts").asString(),
          json.path("level").asString(""),
          json.path("trace_id").asString(""),
          logger.substring(logger.lastIndexOf('.') + 1),
          json.path("message").asString(""),
          stack.isEmpty() ? "" : "\n" + stack);
    } catch (JacksonException e) {
      return line;
    }
  }
}
