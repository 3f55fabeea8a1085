package io.dorsal.jobs;

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

/** The HTTP API as a client sees it, refusals included. */
final class ApiCalls implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * One answer.
   *
   * @param etag empty where there is none
   */
  record Answer(int status, JsonNode body, String etag) {

    UUID id() {
      return UUID.fromString(body.path("id").asString());
    }

    String code() {
      return body.path("code").asString("");
    }
  }

  private final String base;
  private final String token;
  private final HttpClient http = HttpClient.newHttpClient();

  ApiCalls(String api, String token) {
    this.base = api + "/api/v1";
    this.token = token;
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  Answer post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build());
  }

  Answer put(String path, String etag, Map<String, ?> body)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("If-Match", etag)
            .PUT(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    JsonNode body =
        answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    return new Answer(answer.statusCode(), body, answer.headers().firstValue("ETag").orElse(""));
  }

  @Override
  public void close() {
    http.close();
  }
}
