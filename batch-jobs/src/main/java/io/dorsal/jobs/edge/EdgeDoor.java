package io.dorsal.jobs.edge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.dorsal.access.CallLimits;
import io.dorsal.access.Caller;
import io.dorsal.access.ClientAddress;
import io.dorsal.access.RateLimitedException;
import io.dorsal.access.RequestBounds;
import io.dorsal.access.RequestSettings;
import io.dorsal.access.Scope;
import io.dorsal.access.Tenancy;
import io.dorsal.apikeys.Credentials;
import io.dorsal.jobs.operations.Probes;
import io.dorsal.operations.Metrics;
import io.dorsal.operations.Redactor;
import io.dorsal.operations.SchemaMismatchException;
import io.dorsal.operations.TraceContext;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.Problem;
import io.dorsal.problem.ProblemBody;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers every call to the edge: who calls, then the stream, or the refusal in the form that the
 * functions have. Thread-safe.
 */
@Component
@Profile("edge")
class EdgeDoor implements HttpHandler {

  private static final Logger log = LoggerFactory.getLogger(EdgeDoor.class);
  private static final Pattern SCAN_EVENTS = Pattern.compile("/api/v1/scans/([^/]+)/events");
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{8,64}");

  private final Credentials credentials;
  private final CallLimits limits;
  private final RequestSettings requests;
  private final ScanStreams streams;
  private final Semaphore places;
  private final Probes probes;
  private final Metrics metrics;

  EdgeDoor(
      Credentials credentials,
      CallLimits limits,
      RequestSettings requests,
      ScanStreams streams,
      EdgeSettings settings,
      Probes probes,
      Metrics metrics) {
    this.credentials = credentials;
    this.requests = requests;
    this.limits = limits;
    this.probes = probes;
    this.metrics = metrics;
    this.streams = streams;
    this.places = new Semaphore(settings.streams());
  }

  /** Ends all streams soon. */
  void close() {
    streams.end();
  }

  @Override
  public void handle(HttpExchange exchange) {
    String requestId = requestId(exchange);
    var trace = TraceContext.continueFrom(exchange.getRequestHeaders().getFirst("traceparent"));
    try (exchange;
        var _ = trace.open();
        var _ = MDC.putCloseable("request_id", requestId)) {
      exchange.getResponseHeaders().set("X-Request-Id", requestId);
      if (!probes.answer(exchange)) {
        serve(exchange, trace, requestId);
      }
    } catch (IOException e) {
      log.info("The client of {} is gone", exchange.getRequestURI().getPath());
    } catch (RuntimeException e) {
      log.error("{}", GeneralProblem.INTERNAL_ERROR, e);
    } finally {
      MDC.remove("tenant_id");
      MDC.remove("user_id");
    }
  }

  /** Leaves one line for the request, when its stream has ended. */
  private void serve(HttpExchange exchange, TraceContext trace, String requestId)
      throws IOException {
    long begin = System.nanoTime();
    @Nullable ProblemException refusal = null;
    try {
      answer(exchange);
    } catch (ProblemException e) {
      refusal = e;
    } catch (DataAccessException | TransactionException e) {
      boolean foreign = SchemaMismatchException.in(e).isPresent();
      refusal =
          new ProblemException(
              foreign ? GeneralProblem.SCHEMA_VERSION_MISMATCH : GeneralProblem.SERVICE_UNAVAILABLE,
              foreign ? "The database is being upgraded." : "The database is away or too busy.",
              e);
    } catch (RuntimeException e) {
      // What went wrong inside stays in the log, under the same request id.
      refusal =
          new ProblemException(
              GeneralProblem.INTERNAL_ERROR, GeneralProblem.INTERNAL_ERROR.title(), e);
    }
    if (refusal instanceof RateLimitedException limited) {
      limited.budget().headers().forEach(exchange.getResponseHeaders()::set);
      exchange.getResponseHeaders().set("Retry-After", String.valueOf(limited.retryAfter()));
    }
    if (refusal != null) {
      refuse(exchange, refusal.problem(), refusal.detail(), refusal.details(), trace, requestId);
    }
    finished(exchange, refusal, Duration.ofNanos(System.nanoTime() - begin));
  }

  private void finished(HttpExchange exchange, @Nullable ProblemException refusal, Duration took) {
    boolean known = SCAN_EVENTS.matcher(exchange.getRequestURI().getPath()).matches();
    String route = known ? "/api/v1/scans/{id}/events" : "{*path}";
    int status = exchange.getResponseCode();
    metrics.answered(exchange.getRequestMethod(), route, status, took);
    String code = "";
    if (refusal != null) {
      code = refusal.problem().name();
      metrics.refused(refusal.problem(), refusal.details());
      if (status >= 500) {
        log.atError()
            .addKeyValue("code", code)
            .setCause(refusal.getCause() == null ? refusal : refusal.getCause())
            .log("{}", refusal.detail());
      }
    }
    log.atInfo()
        .addKeyValue("duration_ms", took.toMillis())
        .addKeyValue("code", code.isEmpty() ? null : code)
        .log(
            "{} {} {} {} ms {}", exchange.getRequestMethod(), route, status, took.toMillis(), code);
  }

  private void answer(HttpExchange exchange) throws IOException {
    RequestBounds.checkUrl(exchange.getRequestURI().toString());
    RequestBounds.checkHeaders(exchange.getRequestHeaders());
    String path = exchange.getRequestURI().getPath();
    Matcher scan = SCAN_EVENTS.matcher(path);
    if (!scan.matches()) {
      throw new ProblemException(GeneralProblem.NOT_FOUND, "Nothing is served here.");
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      exchange.getResponseHeaders().set("Allow", "GET");
      throw new ProblemException(GeneralProblem.METHOD_NOT_ALLOWED, "A stream is read by GET.");
    }
    Supplier<Credentials.Proven> proof =
        () ->
            credentials.proven(
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("X-API-Key"),
                address(exchange));
    // Before a place is taken: it is for those who are let in.
    Credentials.Proven proven = proof.get();
    Caller caller = proven.caller();
    limits
        .admit(caller, proven.credential(), 1)
        .ifPresent(left -> left.headers().forEach(exchange.getResponseHeaders()::set));
    MDC.put("tenant_id", caller.tenantId().toString());
    MDC.put("user_id", caller.actor());
    caller.require(Scope.ONBOARDING_READ, "Watching a scan");
    if (!places.tryAcquire()) {
      throw new ProblemException(
          GeneralProblem.SERVICE_UNAVAILABLE, "Too many streams are open here.");
    }
    try {
      UUID scanId = id(scan.group(1));
      Tenancy.in(
          caller.tenantId(),
          () -> {
            streams.serve(exchange, () -> proof.get().caller(), scanId);
            return true;
          });
    } finally {
      places.release();
    }
  }

  private @Nullable ClientAddress address(HttpExchange exchange) {
    List<String> told = exchange.getRequestHeaders().getOrDefault("X-Forwarded-For", List.of());
    return ClientAddress.of(
            told.isEmpty() ? null : String.join(",", told),
            exchange.getRemoteAddress().getAddress(),
            requests.trustedProxies())
        .orElse(null);
  }

  private static UUID id(String segment) {
    UUID id = Validation.uuid(segment);
    if (id == null) {
      throw new ProblemException(GeneralProblem.NOT_FOUND, "There is nothing with this id.");
    }
    return id;
  }

  private static String requestId(HttpExchange exchange) {
    @Nullable String given = exchange.getRequestHeaders().getFirst("X-Request-Id");
    return given != null && REQUEST_ID.matcher(given).matches()
        ? given
        : UUID.randomUUID().toString();
  }

  private static void refuse(
      HttpExchange exchange,
      Problem problem,
      String detail,
      Map<String, Object> details,
      TraceContext trace,
      String requestId)
      throws IOException {
    if (exchange.getResponseCode() != -1) {
      // The stream has begun; its client comes back and is told then.
      return;
    }
    if (problem.status() == 401) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
    }
    if (problem.status() == 503) {
      exchange.getResponseHeaders().set("Retry-After", "5");
    }
    var body =
        ProblemBody.of(
            problem,
            detail,
            details,
            exchange.getRequestURI().getRawPath(),
            trace.traceId(),
            requestId);
    String json = Redactor.redact(JsonMapper.shared().writeValueAsString(body));
    int status = problem.status();
    send(exchange, status, "application/problem+json", json);
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
