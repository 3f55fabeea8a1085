package io.dorsal.local.cli;

import java.io.PrintStream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where words for people go (stderr) and where reports go (stdout). */
final class Terminal {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Terminal() {}

  /** A line for people. */
  static void say(String line) {
    System.err.println(line);
  }

  /** A line of the report. */
  static void report(String line) {
    System.out.println(line);
  }

  static void json(Object report) {
    System.out.println(JSON.writeValueAsString(report));
  }

  /** A bar on a terminal; lines every few seconds elsewhere. */
  static Progress progress(String what, String unit, long total) {
    return new Progress(what, unit, total, isTerminal(), errors());
  }

  /** The script looks at stderr itself: Java can only tell for stdin and stdout together. */
  static boolean isTerminal() {
    return Boolean.getBoolean("dorsal.terminal");
  }

  private static PrintStream errors() {
    return System.err;
  }
}
