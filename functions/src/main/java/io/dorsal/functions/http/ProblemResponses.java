package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import io.dorsal.access.RateLimitedException;
import io.dorsal.operations.Redactor;
import io.dorsal.operations.TraceContext;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.Problem;
import io.dorsal.problem.ProblemBody;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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

  private final Clock clock;
  private final JsonMapper json;

  ProblemResponses(Clock clock) {
    this.clock = clock;
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
    TraceContext trace = TraceContext.continueFrom(Headers.of(request, "traceparent").orElse(null));
    long begin = System.nanoTime();
    try (var _ = trace.open();
        var _ = MDC.putCloseable("request_id", requestId);
        var _ = MDC.putCloseable("route", route)) {
      HttpResponseMessage.Builder builder = attempt(request, trace, requestId, work);
      told.forEach(builder::header);
      HttpResponseMessage answer = builder.header(RequestIds.HEADER, requestId).build();
      long millis = (System.nanoTime() - begin) / 1_000_000;
      log.info("{} {} {} {} ms", request.getHttpMethod(), route, answer.getStatusCode(), millis);
      return answer;
    } finally {
      MDC.remove("tenant_id");
      MDC.remove("user_id");
    }
  }

  /** Puts the caller into every further log line of this call. */
  public static void identified(String tenantId, String userId) {
    MDC.put("tenant_id", tenantId);
    MDC.put("user_id", userId);
  }

  private HttpResponseMessage.Builder attempt(
      HttpRequestMessage<?> request,
      TraceContext trace,
      String requestId,
      Supplier<HttpResponseMessage.Builder> work) {
    try {
      Bounds.check(request);
      return work.get();
    } catch (ProblemException e) {
      if (e.problem().status() >= 500) {
        log.error("{}: {}", e.problem().name(), e.detail(), e);
      } else {
        log.info("{}: {}", e.problem().name(), e.detail());
      }
      var refused = render(request, trace, requestId, e.problem(), e.detail(), e.details());
      if (e instanceof RateLimitedException limited) {
        limited.budget().headers().forEach(refused::header);
        refused.header("Retry-After", String.valueOf(limited.retryAfter()));
      }
      return refused;
    } catch (RuntimeException | LinkageError | AssertionError e) {
      // What went wrong inside stays in the log, under the same request id.
      log.error("{}", GeneralProblem.INTERNAL_ERROR, e);
      String detail = GeneralProblem.INTERNAL_ERROR.title();
      return render(request, trace, requestId, GeneralProblem.INTERNAL_ERROR, detail, Map.of());
    }
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
