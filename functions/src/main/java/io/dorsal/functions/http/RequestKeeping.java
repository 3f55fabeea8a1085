package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import io.dorsal.operations.Kept;
import io.dorsal.operations.RequestSample;
import io.dorsal.operations.Span;
import io.dorsal.operations.Spans;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Decides what is kept of an answered request. */
final class RequestKeeping {

  private static final long SLOW_MS = 1_000;

  private RequestKeeping() {}

  /**
   * The look-up keeps every refusal and failure and one in a hundred of the rest; the timeline also
   * what changes something, is slow, or asked a store.
   */
  static void ended(
      Span span,
      HttpRequestMessage<?> request,
      String route,
      String requestId,
      HttpResponseMessage answer) {
    int status = answer.getStatusCode();
    JsonNode problem = status >= 400 ? problem(answer) : null;
    String code = problem == null ? null : problem.path("code").asString(null);
    UUID tenant = tenant();
    span.of(tenant).with("status", status);
    if (status >= 400) {
      span.failed(code == null ? "HTTP_" + status : code, null);
    }
    boolean sampled = status >= 400 || RequestSample.takes(requestId);
    if (!sampled && reads(request) && span.millis() < SLOW_MS) {
      span.plain();
    }
    if (sampled) {
      Spans.keep(
          new Kept.Request(
              tenant,
              requestId,
              Instant.now().minusMillis(span.millis()).truncatedTo(ChronoUnit.MICROS),
              String.valueOf(request.getHttpMethod()),
              route,
              status,
              code,
              MDC.get("user_id"),
              span.context().traceId(),
              span.millis(),
              problem == null ? null : problem.toString()));
    }
  }

  private static boolean reads(HttpRequestMessage<?> request) {
    HttpMethod method = request.getHttpMethod();
    return method == HttpMethod.GET || method == HttpMethod.HEAD || method == HttpMethod.OPTIONS;
  }

  private static UUID tenant() {
    String tenant = MDC.get("tenant_id");
    return tenant == null ? Kept.NO_TENANT : UUID.fromString(tenant);
  }

  private static @Nullable JsonNode problem(HttpResponseMessage answer) {
    try {
      return answer.getBody() instanceof String text ? JsonMapper.shared().readTree(text) : null;
    } catch (JacksonException e) {
      return null;
    }
  }
}
