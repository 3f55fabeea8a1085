package io.dorsal.local.host;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.dorsal.problem.GeneralProblem;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every HTTP request that reaches the host. Thread-safe. */
final class HttpDoor implements HttpHandler {

  private static final Logger log = LoggerFactory.getLogger(HttpDoor.class);

  /** What probes ask without a prefix, mapped as the front door does in Azure. */
  private static final Map<String, String> SHORT =
      Map.of(
          "/health", "/api/v1/health",
          "/ready", "/api/v1/ready",
          "/metrics", "/api/v1/metrics");

  private final Routes routes;
  private final EventGridDoor eventGrid;
  private final AdminDoor admin;
  private final InFlight inFlight;
  private final @Nullable EdgeForward edge;

  /**
   * @param edge null where there is none
   */
  HttpDoor(
      Routes routes,
      EventGridDoor eventGrid,
      AdminDoor admin,
      InFlight inFlight,
      @Nullable EdgeForward edge) {
    this.routes = routes;
    this.eventGrid = eventGrid;
    this.admin = admin;
    this.inFlight = inFlight;
    this.edge = edge;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (edge != null && edge.takes(exchange)) {
        // Not counted as in flight: a stream may last an hour.
        edge.answer(exchange);
        return;
      }
      if (DocsPage.takes(exchange)) {
        DocsPage.answer(exchange);
        return;
      }
      if (!inFlight.enter()) {
        exchange.getResponseHeaders().set("Retry-After", "1");
        exchange.getResponseHeaders().set("Connection", "close");
        Refusal.send(exchange, GeneralProblem.SERVICE_UNAVAILABLE, "The host is ending.");
        return;
      }
      try {
        answer(exchange);
      } catch (HttpCall.TooLarge e) {
        exchange.getResponseHeaders().set("Connection", "close");
        Refusal.send(exchange, GeneralProblem.PAYLOAD_TOO_LARGE, "The body has over 100 MiB.");
      } finally {
        inFlight.exit();
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    if (path.equalsIgnoreCase(EventGridDoor.PATH)) {
      eventGrid.answer(exchange, HttpCall.read(exchange));
      return;
    }
    if (path.startsWith(AdminDoor.PATH)) {
      admin.answer(exchange, path.substring(AdminDoor.PATH.length()));
      return;
    }
    switch (routes.find(exchange.getRequestMethod(), SHORT.getOrDefault(path, path))) {
      case Routes.Found.Function found -> call(exchange, found);
      case Routes.Found.OtherMethods others -> {
        exchange.getResponseHeaders().set("Allow", String.join(", ", others.allowed()));
        Refusal.send(
            exchange, GeneralProblem.METHOD_NOT_ALLOWED, "This route does not take the method.");
      }
      case Routes.Found.Nothing nothing ->
          Refusal.send(exchange, GeneralProblem.NOT_FOUND, "Nothing is served here.");
    }
  }

  private void call(HttpExchange exchange, Routes.Found.Function found) throws IOException {
    HttpCall call = HttpCall.read(exchange);
    Invocation invocation =
        Invocation.of(
            new Invocation.Payload.Http(call),
            call.metadata(found.values()),
            call.headers().get("traceparent"),
            call.headers().getOrDefault("tracestate", ""));
    HttpReply reply;
    try {
      reply = HttpReply.of(found.function().call(invocation));
      reply.checkBody();
    } catch (Exception | LinkageError | AssertionError e) {
      log.error("Function {} failed, invocation {}", found.function().name(), invocation.id(), e);
      Refusal.send(exchange, GeneralProblem.INTERNAL_ERROR, GeneralProblem.INTERNAL_ERROR.title());
      return;
    }
    reply.send(exchange);
  }
}
