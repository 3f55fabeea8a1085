package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import io.dorsal.access.ClientAddress;
import io.dorsal.access.RateLimitedException;
import io.dorsal.access.RequestSettings;
import io.dorsal.operations.HttpCall;
import io.dorsal.operations.Metrics;
import io.dorsal.operations.Redactor;
import io.dorsal.operations.RequestIds;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.Problem;
import io.dorsal.problem.ProblemBody;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one place where a refusal becomes {@code application/problem+json}. Every HTTP function runs
 * inside {@link #answer}, which also gives the call its trace and request id, in the answer and in
 * every log line. Thread-safe.
 */
@Component
class ProblemResponses {

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
   * @param told headers of the answer, also of a refusal; the work may add to them
   * @param work gives the answer's builder, so that the request id can be added
   */
  HttpResponseMessage answer(
      HttpRequestMessage<?> request,
      String route,
      Map<String, String> told,
      Supplier<HttpResponseMessage.Builder> work) {
    ClientAddress address = Headers.address(request, proxies).orElse(null);
    try (HttpCall call =
        HttpCall.begin(
            String.valueOf(request.getHttpMethod()),
            route,
            name -> Headers.of(request, name).orElse(null),
            address,
            clock)) {
      Outcome outcome = attempt(request, call, work);
      told.forEach(outcome.answer()::header);
      // A limit that refused is the tightest.
      if (outcome.refusal() instanceof RateLimitedException limited) {
        limited.budget().headers().forEach(outcome.answer()::header);
        outcome.answer().header("Retry-After", String.valueOf(limited.retryAfter()));
      }
      HttpResponseMessage answer =
          outcome.answer().header(RequestIds.HEADER, call.requestId()).build();
      String body = answer.getBody() instanceof String text ? text : null;
      call.ended(
          metrics,
          answer.getStatusCode(),
          outcome.refusal(),
          outcome.refusal() == null ? null : body);
      return answer;
    }
  }

  /** An answer, and the refusal where it is one. */
  private record Outcome(HttpResponseMessage.Builder answer, @Nullable ProblemException refusal) {}

  private Outcome attempt(
      HttpRequestMessage<?> request, HttpCall call, Supplier<HttpResponseMessage.Builder> work) {
    try {
      Bounds.check(request);
      return new Outcome(work.get(), null);
    } catch (ProblemException e) {
      return refused(request, call, e);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      // What went wrong inside stays in the log, under the same request id.
      var problem = GeneralProblem.INTERNAL_ERROR;
      return refused(request, call, new ProblemException(problem, problem.title(), e));
    }
  }

  private Outcome refused(HttpRequestMessage<?> request, HttpCall call, ProblemException e) {
    return new Outcome(render(request, call, e.problem(), e.detail(), e.details()), e);
  }

  private HttpResponseMessage.Builder render(
      HttpRequestMessage<?> request,
      HttpCall call,
      Problem problem,
      String detail,
      Map<String, Object> details) {
    int status = problem.status();
    String path = request.getUri().getRawPath();
    var body = ProblemBody.of(problem, detail, details, path, call.traceId(), call.requestId());
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
