package io.dorsal.local.host;

import com.sun.net.httpserver.HttpExchange;
import io.dorsal.problem.GeneralProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hands the routes that the edge serves on to it, as the front door does in Azure, so that there is
 * one address for all of the API. Thread-safe.
 */
final class EdgeForward {

  private static final Pattern ROUTES = Pattern.compile("/api/v1/scans/[^/]+/events");

  /** What belongs to one hop only, or is set by the server itself. */
  private static final Set<String> NOT_FORWARDED =
      Set.of("connection", "content-length", "transfer-encoding", "date", "host", "upgrade");

  private final URI edge;
  private final HttpClient client = HttpClient.newHttpClient();

  EdgeForward(String edge) {
    this.edge = URI.create(edge);
  }

  /** Null where the settings name no edge. */
  static @Nullable EdgeForward of(HostSettings settings) {
    return settings.find("DORSAL_EDGE_URL").map(EdgeForward::new).orElse(null);
  }

  boolean takes(HttpExchange exchange) {
    return ROUTES.matcher(exchange.getRequestURI().getPath()).matches();
  }

  /** Streams the edge's answer until either side ends. */
  void answer(HttpExchange exchange) throws IOException {
    var request =
        HttpRequest.newBuilder(edge.resolve(exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.noBody());
    exchange.getRequestHeaders().forEach((name, values) -> forward(name, values, request::header));
    request.header("X-Forwarded-For", exchange.getRemoteAddress().getAddress().getHostAddress());
    try {
      var answer = client.send(request.build(), BodyHandlers.ofInputStream());
      answer
          .headers()
          .map()
          .forEach((name, values) -> forward(name, values, exchange.getResponseHeaders()::add));
      try (InputStream from = answer.body()) {
        exchange.sendResponseHeaders(answer.statusCode(), answer.statusCode() == 204 ? -1 : 0);
        copy(from, exchange.getResponseBody());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    } catch (java.net.ConnectException e) {
      exchange.getResponseHeaders().set("Retry-After", "5");
      Refusal.send(exchange, GeneralProblem.SERVICE_UNAVAILABLE, "The edge does not answer.");
    }
  }

  private static void forward(
      String name, List<String> values, java.util.function.BiConsumer<String, String> to) {
    if (!name.startsWith(":") && !NOT_FORWARDED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
      values.forEach(value -> to.accept(name, value));
    }
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[8 * 1024];
    for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      to.write(buffer, 0, read);
      to.flush();
    }
  }
}
