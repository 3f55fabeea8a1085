package io.dorsal.local.storage;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The gateway's own pages: fault rules and the request log, as JSON. */
final class GatewayPages {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final FaultRules faults;
  private final RequestLog log;

  GatewayPages(FaultRules faults, RequestLog log) {
    this.faults = faults;
    this.log = log;
  }

  void handle(HttpServerRequest request) {
    switch (request.method().name() + " " + request.path()) {
      case "GET /__faults" -> answer(request, 200, faults.states());
      case "POST /__faults" -> request.body().onSuccess(body -> addRule(request, body));
      case "DELETE /__faults" -> {
        faults.clear();
        request.response().setStatusCode(204).end();
      }
      case "GET /__log" -> sendLog(request);
      case "DELETE /__log" -> {
        log.clear();
        request.response().setStatusCode(204).end();
      }
      default -> answer(request, 404, Map.of("error", "Here are /__faults and /__log"));
    }
  }

  private void addRule(HttpServerRequest request, Buffer body) {
    try {
      FaultRule rule = JSON.readValue(body.getBytes(), FaultRule.class);
      faults.add(rule);
      answer(request, 201, rule);
    } catch (JacksonException | IllegalArgumentException e) {
      Throwable cause = e.getCause() instanceof IllegalArgumentException inner ? inner : e;
      answer(request, 400, Map.of("error", Optional.ofNullable(cause.getMessage()).orElse("")));
    }
  }

  private void sendLog(HttpServerRequest request) {
    try {
      long since = Long.parseLong(Optional.ofNullable(request.getParam("since")).orElse("0"));
      answer(request, 200, log.since(since));
    } catch (NumberFormatException e) {
      answer(request, 400, Map.of("error", "since is the number of an entry"));
    }
  }

  private static void answer(HttpServerRequest request, int status, Object body) {
    boolean head = HttpMethod.HEAD.equals(request.method());
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(head ? Buffer.buffer() : Buffer.buffer(JSON.writeValueAsBytes(body)));
  }
}
