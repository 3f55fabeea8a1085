package io.dorsal.local.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls Dorsal's HTTP API as any other program would, and repeats a call while the API is down. */
final class ApiClient implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 10;

  private final String base;
  private final String token;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /**
   * Opens no connection yet.
   *
   * @param base address of the API without the route prefix
   */
  ApiClient(String base, String token) {
    this.base = base;
    this.token = token;
  }

  /**
   * A POST with a fresh Idempotency-Key, which makes its repetition harmless.
   *
   * @throws IllegalStateException when the API refuses; the message has its code, detail and fix
   */
  JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build());
  }

  /** A GET; refused as {@link #post}. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() < 300) {
          return JSON.readTree(answer.body());
        }
        if (answer.statusCode() < 502 || attempt == ATTEMPTS) {
          throw new IllegalStateException(refusal(request, answer));
        }
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
      Thread.sleep(Duration.ofSeconds(1));
    }
  }

  private static String refusal(HttpRequest request, HttpResponse<String> answer) {
    String what =
        request.method() + " " + request.uri().getPath() + " answered " + answer.statusCode();
    if (!answer.body().startsWith("{")) {
      return what;
    }
    JsonNode problem = JSON.readTree(answer.body());
    return what
        + " "
        + problem.path("code").asString("")
        + ": "
        + problem.path("detail").asString("")
        + " "
        + problem.path("fix").asString("");
  }

  @Override
  public void close() {
    http.close();
  }
}
