package io.dorsal.local.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls Dorsal's HTTP API. What may be repeated without harm is repeated while the API is away: a
 * GET, and a POST under one Idempotency-Key. Thread-safe.
 */
public final class Api implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final String base;
  private final Supplier<String> token;
  private final int attempts;
  private final HttpClient http;

  /**
   * Opens no connection yet.
   *
   * @param base address of the API without the route prefix
   * @param token asked for each request, since tokens end
   * @param attempts how often a repeatable call is tried, with a second between
   */
  public Api(String base, Supplier<String> token, int attempts) {
    this.base = base;
    this.token = token;
    this.attempts = attempts;
    this.http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  }

  /** Where it calls, without the route prefix. */
  public String base() {
    return base;
  }

  /** A path with its query; values that are null are left out. */
  public static String path(String path, Map<String, @Nullable String> query) {
    StringBuilder whole = new StringBuilder(path);
    char before = path.indexOf('?') < 0 ? '?' : '&';
    for (Map.Entry<String, @Nullable String> each : query.entrySet()) {
      String value = each.getValue();
      if (value != null) {
        whole.append(before).append(each.getKey()).append('=');
        whole.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        before = '&';
      }
    }
    return whole.toString();
  }

  /**
   * A GET.
   *
   * @throws ApiRefusedException when the API says no
   * @throws ApiUnreachableException when nothing answers, after all attempts
   */
  public ApiAnswer get(String path) throws InterruptedException {
    return send(request(path).GET().build(), attempts);
  }

  /** A POST with a fresh Idempotency-Key, which makes its repetition harmless; see {@link #get}. */
  public ApiAnswer post(String path, Map<String, ?> body) throws InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(json(body))
            .build(),
        attempts);
  }

  /** A POST that is sent once only, because the route keeps no Idempotency-Key. */
  public ApiAnswer postOnce(String path, Map<String, ?> body) throws InterruptedException {
    return send(
        request(path).header("Content-Type", "application/json").POST(json(body)).build(), 1);
  }

  /** PUT, PATCH or DELETE of the version that was seen; sent once. An empty body is left out. */
  public ApiAnswer change(String method, String path, String etag, Map<String, ?> body)
      throws InterruptedException {
    HttpRequest.Builder request = request(path);
    if (!etag.isEmpty()) {
      request.header("If-Match", etag);
    }
    if (body.isEmpty()) {
      return send(request.method(method, BodyPublishers.noBody()).build(), 1);
    }
    request.header("Content-Type", "application/json");
    return send(request.method(method, json(body)).build(), 1);
  }

  private static BodyPublisher json(Map<String, ?> body) {
    return BodyPublishers.ofString(JSON.writeValueAsString(body));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + token.get());
  }

  private ApiAnswer send(HttpRequest request, int most) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        ApiAnswer answer = answer(http.send(request, BodyHandlers.ofString()));
        if (answer.status() < 300) {
          return answer;
        }
        if (answer.status() < 502 || attempt >= most) {
          throw refusal(request, answer);
        }
      } catch (IOException e) {
        if (attempt >= most) {
          throw new ApiUnreachableException("No answer from " + base + ": " + cause(e), e);
        }
      }
      Thread.sleep(BETWEEN);
    }
  }

  private static ApiAnswer answer(HttpResponse<String> response) {
    String etag = response.headers().firstValue("ETag").orElse("");
    return new ApiAnswer(response.statusCode(), etag, parsed(response.body()), response.body());
  }

  private static JsonNode parsed(String body) {
    try {
      return body.isBlank() ? JSON.missingNode() : JSON.readTree(body);
    } catch (JacksonException e) {
      return JSON.missingNode();
    }
  }

  private static RuntimeException refusal(HttpRequest request, ApiAnswer answer) {
    String call = request.method() + " " + request.uri().getPath();
    // A gateway's own page instead of a problem: the API itself was not reached.
    return answer.status() >= 502 && !answer.body().isObject()
        ? new ApiUnreachableException(call + " answered " + answer.status())
        : new ApiRefusedException(call, answer);
  }

  private static String cause(IOException e) {
    if (e instanceof ConnectException) {
      return "nothing listens there";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void close() {
    http.close();
  }
}
