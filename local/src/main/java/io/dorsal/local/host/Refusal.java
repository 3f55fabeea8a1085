package io.dorsal.local.host;

import com.sun.net.httpserver.HttpExchange;
import io.dorsal.operations.Redactor;
import io.dorsal.operations.TraceContext;
import io.dorsal.problem.Problem;
import io.dorsal.problem.ProblemBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** What the host itself refuses, in the form that the app's refusals have. */
final class Refusal {

  private Refusal() {}

  static void send(HttpExchange exchange, Problem problem, String detail) throws IOException {
    var given = exchange.getRequestHeaders();
    String wanted = given.getFirst("X-Request-Id");
    String requestId =
        wanted != null && wanted.matches("[A-Za-z0-9._-]{8,64}")
            ? wanted
            : UUID.randomUUID().toString();
    String traceId = TraceContext.continueFrom(given.getFirst("traceparent")).traceId();
    String path = exchange.getRequestURI().getRawPath();
    var body = ProblemBody.of(problem, detail, Map.of(), path, traceId, requestId);
    byte[] bytes =
        Redactor.redact(JsonMapper.shared().writeValueAsString(body))
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
    exchange.getResponseHeaders().set("X-Request-Id", requestId);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(problem.status(), head ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
