package io.dorsal.connections;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/**
 * Answers for Azure over HTTP on this machine, so that the SDK's own classes run up to the border:
 * identities' bearer tokens need https addresses, which {@link #client} leads here.
 */
final class FakeAzure implements AutoCloseable {

  /** What is answered to one request. */
  record Answer(int status, String type, byte[] body, Map<String, String> headers) {
    static Answer json(String body) {
      return new Answer(200, "application/json", body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Answer xml(String body) {
      return new Answer(200, "application/xml", body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Answer refused(int status, String code) {
      String body = "<Error><Code>" + code + "</Code><Message>Refused.</Message></Error>";
      return new Answer(
          status,
          "application/xml",
          body.getBytes(StandardCharsets.UTF_8),
          Map.of("x-ms-error-code", code));
    }
  }

  /** One request as it came. */
  record Asked(String method, String target, String authorization, String secret, String body) {}

  /** What the test answers with. */
  @FunctionalInterface
  interface Part {
    Answer to(Asked asked);
  }

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  FakeAzure(Part part) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> answer(exchange, part));
    server.start();
  }

  private void answer(HttpExchange exchange, Part part) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      var request =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              String.valueOf(headers.getFirst("Authorization")),
              String.valueOf(headers.getFirst("X-IDENTITY-HEADER")),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      asked.add(request);
      Answer answer = part.to(request);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** Leads every https address here. */
  HttpClient client() {
    HttpClient real = BlobAccess.http(Duration.ofSeconds(5));
    return new HttpClient() {
      @Override
      public Mono<HttpResponse> send(HttpRequest request) {
        return real.send(led(request));
      }

      @Override
      public HttpResponse sendSync(HttpRequest request, Context context) {
        return real.sendSync(led(request), context);
      }
    };
  }

  private HttpRequest led(HttpRequest request) {
    String url = request.getUrl().toString().replaceFirst("^https://[^/?]+", address());
    return request.setUrl(url);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
