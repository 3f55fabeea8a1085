package io.dorsal.operations;

import io.dorsal.access.Caller;
import io.dorsal.access.ClientAddress;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One HTTP call while it is answered, whoever serves it: its trace, request id and origin in every
 * log line and audit entry of this thread, and what is logged, measured and kept of it at its end.
 * For one thread.
 */
public final class HttpCall implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HttpCall.class);

  /** Of every path. */
  private static final String PREFIX = "/api/v1/";

  private static final long SLOW_MS = 1_000;
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /** Load balancers ask every few seconds: that is neither told nor measured. */
  private static final Set<String> PROBES = Set.of("health", "ready");

  private final String method;
  private final String route;
  private final String requestId;
  private final TraceContext.Scope trace;
  private final Span span;
  private final long begin = System.nanoTime();

  private HttpCall(String method, String route, String requestId, Span span) {
    this.method = method;
    this.route = route;
    this.requestId = requestId;
    this.span = span;
    this.trace = span.context().open();
    MDC.put("request_id", requestId);
    MDC.put("route", route);
  }

  /**
   * A call whose caller is not known yet.
   *
   * @param route the path template below {@code /api/v1}
   * @param header gives the value of one of its headers; null where there is none
   * @param address where it comes from; null where that is not known
   */
  public static HttpCall begin(
      String method,
      String route,
      Function<String, @Nullable String> header,
      @Nullable ClientAddress address,
      Clock clock) {
    Optional<TraceContext> client = TraceContext.parse(header.apply("traceparent"));
    String ip = address == null ? null : address.text();
    Origin.call(ip, header.apply("User-Agent")).enter();
    return new HttpCall(
        method,
        route,
        RequestIds.accept(header.apply(RequestIds.HEADER), clock),
        Span.of(
            Kept.Kind.HTTP,
            method + " " + route,
            Kept.NO_TENANT,
            client.map(TraceContext::child).orElseGet(TraceContext::start),
            client.map(TraceContext::spanId).orElse(null)));
  }

  /** The id that the answer carries. */
  public String requestId() {
    return requestId;
  }

  public String traceId() {
    return span.context().traceId();
  }

  /**
   * Puts the caller into every further log line and audit entry of this thread's call.
   *
   * @param keyId the API key that proved it; null for a token
   */
  public static void identified(Caller caller, @Nullable UUID keyId) {
    identified(caller.tenantId(), caller.actor(), caller.userId(), keyId, caller.serviceAccount());
  }

  /**
   * The same for somebody whom a credential proves, let in or not. Nothing outside of a call.
   *
   * @param userId null where it is no user
   */
  public static void identified(
      UUID tenantId,
      String actor,
      @Nullable UUID userId,
      @Nullable UUID keyId,
      @Nullable String serviceAccount) {
    if (MDC.get("request_id") == null) {
      return;
    }
    MDC.put("tenant_id", tenantId.toString());
    MDC.put("user_id", actor);
    Origin.current().by(userId, keyId == null ? null : keyId.toString(), serviceAccount).enter();
  }

  /**
   * Tells of the answer: the one line that every call leaves, its measurements, and what is kept.
   *
   * @param refusal null where the answer is none
   * @param body the refusal as it was sent; null where it was not
   */
  public void ended(
      Metrics metrics, int status, @Nullable ProblemException refusal, @Nullable String body) {
    var took = Duration.ofNanos(System.nanoTime() - begin);
    boolean probe = PROBES.contains(route);
    if (!probe) {
      metrics.answered(method, PREFIX + route, status, took);
    }
    if (refusal == null) {
      log.atLevel(probe ? Level.DEBUG : Level.INFO)
          .addKeyValue("duration_ms", took.toMillis())
          .log("{} {} {} {} ms", method, route, status, took.toMillis());
    } else {
      metrics.refused(refusal.problem(), refusal.details());
      logRefusal(status, refusal, took);
    }
    keep(status, refusal == null ? null : refusal.problem().name(), body);
  }

  /** What went wrong inside is told here alone, under the request's id. */
  private void logRefusal(int status, ProblemException refusal, Duration took) {
    String code = refusal.problem().name();
    if (refusal.problem().status() >= 500) {
      log.atError()
          .addKeyValue("code", code)
          .setCause(refusal.getCause() == null ? refusal : refusal.getCause())
          .log("{}: {}", code, refusal.detail());
    }
    log.atInfo()
        .addKeyValue("duration_ms", took.toMillis())
        .addKeyValue("code", code)
        .log(
            "{} {} {} {} ms {}: {}",
            method,
            route,
            status,
            took.toMillis(),
            code,
            refusal.detail());
  }

  /**
   * The look-up keeps every refusal and failure and one in a hundred of the rest; the timeline also
   * what changes something, is slow, or asked a store.
   */
  private void keep(int status, @Nullable String code, @Nullable String body) {
    String known = MDC.get("tenant_id");
    UUID tenant = known == null ? Kept.NO_TENANT : UUID.fromString(known);
    span.of(tenant).with("status", status);
    if (status >= 400) {
      span.failed(code == null ? "HTTP_" + status : code, null);
    }
    boolean sampled = status >= 400 || RequestSample.takes(requestId);
    if (!sampled && READING.contains(method) && span.millis() < SLOW_MS) {
      span.plain();
    }
    if (sampled) {
      Spans.keep(
          new Kept.Request(
              tenant,
              requestId,
              Instant.now().minusMillis(span.millis()).truncatedTo(ChronoUnit.MICROS),
              method,
              route,
              status,
              code,
              MDC.get("user_id"),
              traceId(),
              span.millis(),
              problem(body)));
    }
  }

  private static @Nullable String problem(@Nullable String body) {
    try {
      JsonNode problem = body == null ? null : JsonMapper.shared().readTree(body);
      return problem == null ? null : problem.toString();
    } catch (JacksonException e) {
      return null;
    }
  }

  @Override
  public void close() {
    span.close();
    MDC.remove("route");
    MDC.remove("request_id");
    MDC.remove("tenant_id");
    MDC.remove("user_id");
    trace.close();
    Origin.leave();
  }
}
