package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import io.dorsal.local.api.ApiRefusedException;
import io.dorsal.local.api.ApiUnreachableException;
import java.io.PrintWriter;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * Looks at a scan until it comes to rest. Watching changes nothing: whoever stops looking, by
 * Ctrl-C or by a lost connection, leaves the scan running.
 */
final class ScanWatch {

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration LINES = Duration.ofSeconds(5);

  private final Api api;
  private final String scan;
  private final PrintWriter err;
  private final boolean terminal;
  private final Duration patience;
  private volatile boolean left;
  private String shown = "";
  private long shownAt;

  /**
   * Begins nothing yet.
   *
   * @param patience how long the API may stay away
   */
  ScanWatch(Api api, String scan, Surroundings surroundings, Duration patience) {
    this.api = api;
    this.scan = scan;
    this.err = surroundings.err();
    this.terminal = surroundings.errIsTerminal();
    this.patience = patience;
  }

  /**
   * The scan at rest.
   *
   * @throws ApiRefusedException when it may not be seen
   * @throws ApiUnreachableException when the API stayed away for too long
   */
  JsonNode untilRest() throws InterruptedException {
    Thread farewell = new Thread(this::farewell, "farewell");
    Runtime.getRuntime().addShutdownHook(farewell);
    try {
      JsonNode now = look();
      while (!ScanBar.atRest(now)) {
        show(ScanBar.line(now, terminal));
        Thread.sleep(POLL);
        now = look();
      }
      clear();
      return now;
    } finally {
      if (!left) {
        Runtime.getRuntime().removeShutdownHook(farewell);
      }
    }
  }

  private JsonNode look() throws InterruptedException {
    long since = System.nanoTime();
    boolean told = false;
    while (true) {
      RuntimeException away;
      try {
        return api.get("/scans/" + scan).body();
      } catch (ApiUnreachableException e) {
        away = e;
      } catch (ApiRefusedException e) {
        if (e.status() < 500) {
          throw e;
        }
        away = e;
      }
      if (System.nanoTime() - since > patience.toNanos()) {
        throw away;
      }
      if (!told) {
        told = true;
        line("The API does not answer; the scan goes on without it. Trying again…");
      }
      Thread.sleep(POLL);
    }
  }

  private void show(String line) {
    if (left) {
      return;
    }
    long now = System.nanoTime();
    if (terminal) {
      err.print("\r\u001b[K" + Table.safe(line));
    } else if (!line.equals(shown) && (now - shownAt >= LINES.toNanos() || otherPhase(line))) {
      err.println(Table.safe(line));
      shownAt = now;
      shown = line;
    }
    err.flush();
  }

  /** Lines that begin with another word tell of another phase and are worth showing at once. */
  private boolean otherPhase(String line) {
    return !firstWord(line).equals(firstWord(shown));
  }

  private static String firstWord(String line) {
    return line.split("[ ,]", 2)[0];
  }

  private void line(String text) {
    clear();
    err.println(text);
    err.flush();
  }

  private void clear() {
    if (terminal) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }

  private void farewell() {
    left = true;
    line("The scan goes on. Watch it again: dorsal scans watch " + scan);
  }
}
