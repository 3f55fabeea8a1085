package io.dorsal.local.host;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The webhook Event Grid delivers to: the validation handshake, and notifications in the Event Grid
 * or the CloudEvents schema, one call per event. Thread-safe.
 */
final class EventGridDoor {

  static final String PATH = "/runtime/webhooks/EventGrid";

  private static final Logger log = LoggerFactory.getLogger(EventGridDoor.class);

  private final Map<String, LoadedFunction> functions;

  EventGridDoor(List<LoadedFunction> all) {
    functions =
        all.stream()
            .filter(function -> function.trigger() instanceof Trigger.EventGrid)
            .collect(Collectors.toMap(LoadedFunction::name, Function.identity()));
  }

  void answer(HttpExchange exchange, HttpCall call) throws IOException {
    LoadedFunction function = functions.get(call.query().getOrDefault("functionName", ""));
    if (function == null) {
      send(exchange, 404, "");
      return;
    }
    if (call.method().equals("OPTIONS")) { // The CloudEvents handshake.
      String origin = call.headers().getOrDefault("webhook-request-origin", "*");
      exchange.getResponseHeaders().set("WebHook-Allowed-Origin", origin);
      send(exchange, 200, "");
      return;
    }
    boolean cloudEvent =
        call.headers().getOrDefault("content-type", "").startsWith("application/cloudevents");
    String kind =
        call.headers().getOrDefault("aeg-event-type", cloudEvent ? "Notification" : "none");
    try {
      JsonNode body = JsonMapper.shared().readTree(call.body().bytes());
      switch (kind) {
        case "SubscriptionValidation" -> validate(exchange, body);
        case "Notification" -> notify(exchange, function, call, body);
        case "Unsubscribe" -> send(exchange, 202, "");
        default -> send(exchange, 400, "");
      }
    } catch (JacksonException e) {
      send(exchange, 400, "");
    }
  }

  private static void validate(HttpExchange exchange, JsonNode body) throws IOException {
    JsonNode event = body.isArray() ? body.path(0) : body;
    String code = event.path("data").path("validationCode").asString("");
    if (code.isEmpty()) {
      send(exchange, 400, "");
    } else {
      send(
          exchange,
          200,
          JsonMapper.shared().writeValueAsString(Map.of("validationResponse", code)));
    }
  }

  /** One failed event fails the delivery, and Event Grid sends all of it again. */
  private static void notify(
      HttpExchange exchange, LoadedFunction function, HttpCall call, JsonNode body)
      throws IOException {
    List<JsonNode> events = body.isArray() ? List.copyOf(body.values()) : List.of(body);
    boolean failed = false;
    for (JsonNode event : events) {
      Invocation invocation =
          Invocation.of(
              new Invocation.Payload.Message(Body.of(event.toString())),
              Map.of("data", event.path("data").toString()),
              call.headers().get("traceparent"));
      try {
        function.call(invocation);
      } catch (Exception | LinkageError | AssertionError e) {
        log.error("Function {} failed, invocation {}", function.name(), invocation.id(), e);
        failed = true;
      }
    }
    send(exchange, failed ? 500 : 202, "");
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
