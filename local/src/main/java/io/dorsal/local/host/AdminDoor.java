package io.dorsal.local.host;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;

/**
 * {@code POST /admin/functions/{name}} runs a timer function now, as on the real host; it answers
 * when the function has ended. Thread-safe.
 */
final class AdminDoor {

  static final String PATH = "/admin/functions/";

  private final Map<String, TimerLoop> timers;

  /**
   * @param timers by the names of their functions
   */
  AdminDoor(Map<String, TimerLoop> timers) {
    this.timers = Map.copyOf(timers);
  }

  void answer(HttpExchange exchange, String name) throws IOException {
    TimerLoop timer = timers.get(name);
    if (timer == null) {
      exchange.sendResponseHeaders(404, -1);
    } else if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      exchange.sendResponseHeaders(405, -1);
    } else {
      exchange.sendResponseHeaders(timer.runNow() ? 202 : 500, -1);
    }
  }
}
