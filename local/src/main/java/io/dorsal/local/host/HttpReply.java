package io.dorsal.local.host;

import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A function's answer, builder and message in one as in the worker. Not thread-safe. */
@SuppressWarnings("NullAway") // The API is unannotated; absent headers and bodies are null there.
final class HttpReply implements HttpResponseMessage, HttpResponseMessage.Builder {

  /** Set by the server itself. */
  private static final Set<String> OURS = Set.of("content-length", "transfer-encoding");

  private HttpStatusType status;
  private @Nullable Object body;
  // One value a name, the last wins: the worker's map can send no second one either.
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  HttpReply(HttpStatusType status) {
    this.status = status;
  }

  /** What a function returned besides the message type: a body with 200, nothing with 204. */
  static HttpReply of(@Nullable Object returned) {
    if (returned instanceof HttpReply reply) {
      return reply;
    }
    HttpReply reply = new HttpReply(returned == null ? HttpStatus.NO_CONTENT : HttpStatus.OK);
    reply.body = returned;
    return reply;
  }

  /**
   * Refuses a body that cannot be sent.
   *
   * @throws IllegalStateException if the body is neither text nor bytes
   */
  void checkBody() {
    bytes();
  }

  /** Writes the answer; {@link #checkBody} has passed. */
  void send(HttpExchange exchange) throws IOException {
    byte[] bytes = bytes();
    boolean head = exchange.getRequestMethod().equals("HEAD");
    headers.forEach(
        (name, value) -> {
          if (head || !OURS.contains(name.toLowerCase(Locale.ROOT))) {
            exchange.getResponseHeaders().set(name, value);
          }
        });
    if (body != null && !headers.containsKey("Content-Type")) {
      String type =
          body instanceof byte[] ? "application/octet-stream" : "text/plain; charset=utf-8";
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    if (head && body != null && !headers.containsKey("Content-Length")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
    }
    boolean empty = head || bytes.length == 0 || status.value() == 204 || status.value() == 304;
    exchange.sendResponseHeaders(status.value(), empty ? -1 : bytes.length);
    if (!empty) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }

  private byte[] bytes() {
    return switch (body) {
      case null -> new byte[0];
      case byte[] bytes -> bytes;
      case CharSequence text -> text.toString().getBytes(StandardCharsets.UTF_8);
      case Number number -> number.toString().getBytes(StandardCharsets.UTF_8);
      case Object other ->
          throw new IllegalStateException(
              "an answer's body is String or byte[], not " + other.getClass().getName());
    };
  }

  @Override
  public HttpStatusType getStatus() {
    return status;
  }

  @Override
  public String getHeader(String key) {
    return headers.get(key);
  }

  @Override
  public Object getBody() {
    return body;
  }

  @Override
  public Builder status(HttpStatusType newStatus) {
    status = newStatus;
    return this;
  }

  @Override
  public Builder header(String key, String value) {
    headers.put(key, value);
    return this;
  }

  @Override
  public Builder body(Object newBody) {
    body = newBody;
    return this;
  }

  @Override
  public HttpResponseMessage build() {
    return this;
  }
}
