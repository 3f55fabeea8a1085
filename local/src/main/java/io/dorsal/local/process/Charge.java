package io.dorsal.local.process;

import java.time.Duration;
import java.time.Instant;

/**
 * A process that is not to outlive the one that started it.
 *
 * @param grace between the stop signal and SIGKILL
 */
record Charge(ProcessIdentity process, Signal stop, Duration grace) {

  /** As one line without its end. */
  String line() {
    return process.pid()
        + " "
        + process.started().toEpochMilli()
        + " "
        + stop
        + " "
        + grace.toMillis();
  }

  /** What {@link #line()} wrote. */
  static Charge parse(String line) {
    String[] words = line.split(" ", -1);
    Instant started = Instant.ofEpochMilli(Long.parseLong(words[1]));
    return new Charge(
        new ProcessIdentity(Long.parseLong(words[0]), started),
        Signal.valueOf(words[2]),
        Duration.ofMillis(Long.parseLong(words[3])));
  }

  void end() {
    process.end(stop, grace);
  }
}
