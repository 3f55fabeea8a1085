package io.dorsal.local.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server that says what the test told it to, in turn; the last answer is repeated. */
final class FakeApi implements AutoCloseable {

  /** One request as it came. */
  record Seen(String call, String authorization, String ifMatch, String key, String body) {}

  private record Answer(int status, String body) {}

  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  FakeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What to say to e.g. {@code GET /scans?limit=1}; may be told several times. */
  FakeApi says(String call, int status, String body) {
    answers.computeIfAbsent(call, any -> new ArrayDeque<>()).add(new Answer(status, body));
    return this;
  }

  List<Seen> seen() {
    return seen;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String uri = exchange.getRequestURI().toString().replaceFirst("^/api/v1", "");
    String call = exchange.getRequestMethod() + " " + uri;
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    seen.add(
        new Seen(
            call,
            header(exchange, "Authorization"),
            header(exchange, "If-Match"),
            header(exchange, "Idempotency-Key"),
            body));
    Deque<Answer> queue = answers.getOrDefault(call, new ArrayDeque<>());
    Answer answer = queue.size() > 1 ? queue.removeFirst() : queue.peekFirst();
    if (answer == null) {
      answer = new Answer(404, "");
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("ETag", "\"v3\"");
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
