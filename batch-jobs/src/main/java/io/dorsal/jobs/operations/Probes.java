package io.dorsal.jobs.operations;

import com.sun.net.httpserver.HttpExchange;
import io.dorsal.operations.Build;
import io.dorsal.operations.Readiness;
import io.dorsal.operations.RequestIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Answers {@code /health} and {@code /ready}, as the functions do. Thread-safe. */
@Component
public class Probes {

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final Readiness readiness;

  public Probes(Readiness readiness) {
    this.readiness = readiness;
  }

  /** False, with nothing done, where the path is neither, with or without its prefix. */
  public boolean answer(HttpExchange exchange) throws IOException {
    switch (path(exchange)) {
      case "/health" -> {
        String version = Build.current().version();
        send(exchange, 200, "{\"status\":\"healthy\",\"version\":\"" + version + "\"}");
      }
      case "/ready" -> {
        Readiness.State state = readiness.now();
        send(exchange, state.httpStatus(), JSON.writeValueAsString(state));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Names the answer as the request was named. */
  static void echo(HttpExchange exchange) {
    String given = exchange.getRequestHeaders().getFirst(RequestIds.HEADER);
    exchange
        .getResponseHeaders()
        .set(RequestIds.HEADER, RequestIds.accept(given, Clock.systemUTC()));
  }

  static String path(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return path.startsWith("/api/v1/") ? path.substring("/api/v1".length()) : path;
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    echo(exchange);
    send(exchange, status, "application/json", json);
  }

  static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
