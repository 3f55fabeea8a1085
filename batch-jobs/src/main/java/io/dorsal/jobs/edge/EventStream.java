package io.dorsal.jobs.edge;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code text/event-stream} (HTML Living Standard, section 9.2). Every write is flushed, and
 * fails where the client is gone. Not thread-safe.
 */
final class EventStream {

  private final OutputStream out;
  private long last = System.nanoTime();

  private EventStream(OutputStream out) {
    this.out = out;
  }

  /**
   * Sends the headers.
   *
   * @param retry how long a client that lost the stream waits before it comes back
   */
  static EventStream begin(HttpExchange exchange, Duration retry) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/event-stream");
    headers.set("Cache-Control", "no-store");
    // Proxies that gather answers would keep the events back.
    headers.set("X-Accel-Buffering", "no");
    exchange.sendResponseHeaders(200, 0);
    var stream = new EventStream(exchange.getResponseBody());
    stream.write("retry: " + retry.toMillis() + "\n\n");
    return stream;
  }

  /**
   * @param id what a client that comes back names as the last one seen; null leaves it as it is
   * @param data one line
   */
  void send(@Nullable String id, String name, String data) throws IOException {
    String number = id == null ? "" : "id: " + id + "\n";
    write(number + "event: " + name + "\ndata: " + data + "\n\n");
  }

  /** A comment where nothing was sent for so long. */
  void heartbeatAfter(Duration silence) throws IOException {
    if (System.nanoTime() - last >= silence.toNanos()) {
      write(": still here\n\n");
    }
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    last = System.nanoTime();
  }
}
