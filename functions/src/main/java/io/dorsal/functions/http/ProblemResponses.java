package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import io.dorsal.access.Caller;
import io.dorsal.access.ClientAddress;
import io.dorsal.access.RateLimitedException;
import io.dorsal.access.RequestSettings;
import io.dorsal.operations.Kept;
import io.dorsal.operations.Metrics;
import io.dorsal.operations.Origin;
import io.dorsal.operations.Redactor;
import io.dorsal.operations.Span;
import io.dorsal.operations.TraceContext;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.Problem;
import io.dorsal.problem.ProblemBody;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one place where a refusal becomes {@code application/problem+json}. Every HTTP function but
 * health runs inside {@link #answer}, which also gives the call its trace and request id, in the
 * answer and in every log line. Thread-safe.
 */
@Component
public class ProblemResponses {

  private static final Logger log = LoggerFactory.getLogger(ProblemResponses.class);

  /** Of every path, by {@code host.json}. */
  private static final String PREFIX = "/api/v1/";

  private final Clock clock;
  private final int proxies;
  private final JsonMapper json;
  private final Metrics metrics;

  ProblemResponses(Clock clock, RequestSettings settings, Metrics metrics) {
    this.clock = clock;
    this.proxies = settings.trustedProxies();
    this.metrics = metrics;
    this.json = JsonMapper.shared();
  }

  /**
   * Runs the function's work and renders what it throws; never throws itself.
   *
   * @param route the path template below {@code /api/v1}, for the log
   * @param work gives the answer's builder, so that the request id can be added
   */
  public HttpResponseMessage answer(
      HttpRequestMessage<?> request, String route, Supplier<HttpResponseMessage.Builder> work) {
    return answer(request, route, Map.of(), work);
  }

  /**
   * The same.
   *
   * @param told headers of the answer, also of a refusal; the work may add to them
   */
  HttpResponseMessage answer(
      HttpRequestMessage<?> request,
      String route,
      Map<String, String> told,
      Supplier<HttpResponseMessage.Builder> work) {
    String requestId =
        RequestIds.accept(Headers.of(request, RequestIds.HEADER).orElse(null), clock);
    long begin = System.nanoTime();
    Optional<TraceContext> client =
        TraceContext.parse(Headers.of(request, "traceparent").orElse(null));
    TraceContext trace = client.map(TraceContext::child).orElseGet(TraceContext::start);
    String address = Headers.address(request, proxies).map(ClientAddress::text).orElse(null);
    Origin.call(address, Headers.of(request, "User-Agent").orElse(null)).enter();
    try (var _ = MDC.putCloseable("request_id", requestId);
        var _ = trace.open();
        var _ = MDC.putCloseable("route", route);
        Span span =
            Span.of(
                Kept.Kind.HTTP,
                request.getHttpMethod() + " " + route,
                Kept.NO_TENANT,
                trace,
                client.map(TraceContext::spanId).orElse(null))) {
      Outcome outcome = attempt(request, trace, requestId, work);
      told.forEach(outcome.answer()::header);
      HttpResponseMessage answer = outcome.answer().header(RequestIds.HEADER, requestId).build();
      finished(request, route, answer.getStatusCode(), outcome.refusal(), begin);
      RequestKeeping.ended(span, request, route, requestId, answer);
      return answer;
    } finally {
      Origin.leave();
      MDC.remove("tenant_id");
      MDC.remove("user_id");
    }
  }

  /** The one line that every request leaves, and its measurements. */
  private void finished(
      HttpRequestMessage<?> request,
      String route,
      int status,
      @Nullable ProblemException refusal,
      long begin) {
    var took = Duration.ofNanos(System.nanoTime() - begin);
    String method = String.valueOf(request.getHttpMethod());
    metrics.answered(method, PREFIX + route, status, took);
    var line = log.atInfo().addKeyValue("duration_ms", took.toMillis());
    if (refusal == null) {
      line.log("{} {} {} {} ms", method, route, status, took.toMillis());
    } else {
      metrics.refused(refusal.problem(), refusal.details());
      String code = refusal.problem().name();
      line.addKeyValue("code", code)
          .log(
              "{} {} {} {} ms {}: {}",
              method,
              route,
              status,
              took.toMillis(),
              code,
              refusal.detail());
    }
  }

  /**
   * Puts the caller into every further log line and audit entry of this call.
   *
   * @param keyId the API key that proved it; null for a token
   */
  public static void identified(Caller caller, @Nullable UUID keyId) {
    MDC.put("tenant_id", caller.tenantId().toString());
    MDC.put("user_id", caller.actor());
    Origin.current().by(caller.userId(), keyId == null ? null : keyId.toString(), null).enter();
  }

  /** An answer, and the refusal where it is one. */
  private record Outcome(HttpResponseMessage.Builder answer, @Nullable ProblemException refusal) {}

  private Outcome attempt(
      HttpRequestMessage<?> request,
      TraceContext trace,
      String requestId,
      Supplier<HttpResponseMessage.Builder> work) {
    try {
      Bounds.check(request);
      return new Outcome(work.get(), null);
    } catch (ProblemException e) {
      return refused(request, trace, requestId, e);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      // What went wrong inside stays in the log, under the same request id.
      var problem = GeneralProblem.INTERNAL_ERROR;
      return refused(request, trace, requestId, new ProblemException(problem, problem.title(), e));
    }
  }

  private Outcome refused(
      HttpRequestMessage<?> request, TraceContext trace, String requestId, ProblemException e) {
    if (e.problem().status() >= 500) {
      log.atError()
          .addKeyValue("code", e.problem().name())
          .setCause(e.getCause() == null ? e : e.getCause())
          .log("{}: {}", e.problem().name(), e.detail());
    }
    var answer = render(request, trace, requestId, e.problem(), e.detail(), e.details());
    if (e instanceof RateLimitedException limited) {
      limited.budget().headers().forEach(answer::header);
      answer.header("Retry-After", String.valueOf(limited.retryAfter()));
    }
    return new Outcome(answer, e);
  }

  private HttpResponseMessage.Builder render(
      HttpRequestMessage<?> request,
      TraceContext trace,
      String requestId,
      Problem problem,
      String detail,
      Map<String, Object> details) {
    int status = problem.status();
    String path = request.getUri().getRawPath();
    var body = ProblemBody.of(problem, detail, details, path, trace.traceId(), requestId);
    HttpResponseMessage.Builder answer =
        request
            .createResponseBuilder(HttpStatusType.custom(status))
            .header("Content-Type", "application/problem+json")
            .header("Cache-Control", "no-store")
            .body(Redactor.redact(json.writeValueAsString(body)));
    return switch (status) {
      case 401 -> answer.header("WWW-Authenticate", "Bearer");
      case 503 -> answer.header("Retry-After", "5");
      case 405 -> answer.header("Allow", allowed(details));
      default -> answer;
    };
  }

  private static String allowed(Map<String, Object> details) {
    return details.get("allow") instanceof List<?> methods
        ? String.join(", ", methods.stream().map(String::valueOf).toList())
        : "";
  }
}
