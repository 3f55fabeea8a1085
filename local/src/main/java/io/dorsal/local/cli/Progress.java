package io.dorsal.local.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * How far a long thing is, how fast it goes and when it will be done. Safe for use by several
 * threads.
 */
final class Progress implements AutoCloseable {

  private static final int WIDTH = 30;

  private final String what;
  private final String unit;
  private final long total;
  private final boolean terminal;
  private final PrintStream out;
  private final long start = System.nanoTime();
  private long shownAt;
  private long done;

  Progress(String what, String unit, long total, boolean terminal, PrintStream out) {
    this.what = what;
    this.unit = unit;
    this.total = total;
    this.terminal = terminal;
    this.out = out;
    this.shownAt = start;
  }

  /** Shows the state if the last one has stood for a while. */
  synchronized void at(long count) {
    done = count;
    long now = System.nanoTime();
    if (now - shownAt >= (terminal ? 100_000_000L : 5_000_000_000L)) {
      shownAt = now;
      show();
    }
  }

  /** Shows the end. */
  @Override
  public synchronized void close() {
    show();
    if (terminal) {
      out.println();
    }
  }

  private void show() {
    if (terminal) {
      out.print("\r\u001b[K" + bar() + " " + line(System.nanoTime() - start));
      out.flush();
    } else {
      out.println(line(System.nanoTime() - start));
    }
  }

  private String bar() {
    int full = total == 0 ? WIDTH : (int) Math.min(WIDTH, done * WIDTH / total);
    return "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "]";
  }

  String line(long nanos) {
    double seconds = nanos / 1e9;
    double rate = seconds > 0 ? done / seconds : 0;
    String counts =
        String.format(Locale.ROOT, "%s %d/%d %s, %.0f/s", what, done, total, unit, rate);
    if (done >= total) {
      return counts + ", took " + duration(Duration.ofNanos(nanos));
    }
    return counts
        + (rate > 0
            ? ", " + duration(Duration.ofSeconds((long) ((total - done) / rate))) + " left"
            : "");
  }

  private static String duration(Duration time) {
    if (time.toHours() > 0) {
      return String.format(Locale.ROOT, "%dh%02dm", time.toHours(), time.toMinutesPart());
    }
    if (time.toMinutes() > 0) {
      return String.format(Locale.ROOT, "%dm%02ds", time.toMinutes(), time.toSecondsPart());
    }
    return time.toSeconds() + "s";
  }
}
