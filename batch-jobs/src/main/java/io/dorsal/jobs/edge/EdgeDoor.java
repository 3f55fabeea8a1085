package io.dorsal.jobs.edge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.dorsal.access.Budget;
import io.dorsal.access.CallLimits;
import io.dorsal.access.Caller;
import io.dorsal.access.ClientAddress;
import io.dorsal.access.RateLimitedException;
import io.dorsal.access.RequestBounds;
import io.dorsal.access.RequestSettings;
import io.dorsal.access.Tenancy;
import io.dorsal.apikeys.Credentials;
import io.dorsal.jobs.operations.Probes;
import io.dorsal.operations.Denials;
import io.dorsal.operations.HttpCall;
import io.dorsal.operations.Metrics;
import io.dorsal.operations.Redactor;
import io.dorsal.operations.RequestIds;
import io.dorsal.operations.SchemaMismatchException;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.Problem;
import io.dorsal.problem.ProblemBody;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final String UNKNOWN = "{*path}";

  private final Credentials credentials;
  private final CallLimits limits;
  private final RequestSettings requests;
  private final ScanStreams streams;
  private final Semaphore places;
  private final Probes probes;
  private final Metrics metrics;
  private final Denials denials;
  private final Clock clock;

  EdgeDoor(
      Credentials credentials,
      CallLimits limits,
      RequestSettings requests,
      ScanStreams streams,
      EdgeSettings settings,
      Probes probes,
      Metrics metrics,
      Denials denials,
      Clock clock) {
    this.credentials = credentials;
    this.requests = requests;
    this.limits = limits;
    this.probes = probes;
    this.metrics = metrics;
    this.streams = streams;
    this.places = new Semaphore(settings.streams());
    this.denials = denials;
    this.clock = clock;
  }

  /** Ends all streams soon. */
  void close() {
    streams.end();
  }

  @Override
  public void handle(HttpExchange exchange) {
    try (exchange) {
      if (!probes.answer(exchange)) {
        serve(exchange);
      }
    } catch (IOException e) {
      log.info("The client of {} is gone", exchange.getRequestURI().getPath());
    } catch (RuntimeException e) {
      log.error("{}", GeneralProblem.INTERNAL_ERROR, e);
    }
  }

  /** Leaves one line for the request, when its stream has ended. */
  private void serve(HttpExchange exchange) {
    Optional<EdgeRoute> route = EdgeRoute.of(exchange.getRequestURI().getPath());
    try (HttpCall call =
        HttpCall.begin(
            exchange.getRequestMethod(),
            route.map(EdgeRoute::template).orElse(UNKNOWN),
            exchange.getRequestHeaders()::getFirst,
            address(exchange),
            clock)) {
      exchange.getResponseHeaders().set(RequestIds.HEADER, call.requestId());
      ProblemException refusal = null;
      String told = null;
      try {
        refusal = attempt(exchange, route.orElse(null));
        told = refusal == null ? null : refuse(exchange, refusal, call);
      } catch (IOException e) {
        log.info("The client of {} is gone", exchange.getRequestURI().getPath());
      }
      call.ended(metrics, exchange.getResponseCode(), refusal, told);
    }
  }

  /** Null where it is answered to its end. */
  private @Nullable ProblemException attempt(HttpExchange exchange, @Nullable EdgeRoute route)
      throws IOException {
    try {
      answer(exchange, route);
      return null;
    } catch (ProblemException e) {
      return e;
    } catch (DataAccessException | TransactionException e) {
      boolean foreign = SchemaMismatchException.in(e).isPresent();
      return new ProblemException(
          foreign ? GeneralProblem.SCHEMA_VERSION_MISMATCH : GeneralProblem.SERVICE_UNAVAILABLE,
          foreign ? "The database is being upgraded." : "The database is away or too busy.",
          e);
    } catch (RuntimeException e) {
      // What went wrong inside stays in the log, under the same request id.
      return new ProblemException(
          GeneralProblem.INTERNAL_ERROR, GeneralProblem.INTERNAL_ERROR.title(), e);
    }
  }

  private void answer(HttpExchange exchange, @Nullable EdgeRoute route) throws IOException {
    tell(exchange, limits.left(address(exchange)));
    RequestBounds.checkUrl(exchange.getRequestURI().toString());
    RequestBounds.checkHeaders(exchange.getRequestHeaders());
    if (route == null) {
      throw new ProblemException(GeneralProblem.NOT_FOUND, "Nothing is served here.");
    }
    if (!exchange.getRequestMethod().equals(route.method())) {
      exchange.getResponseHeaders().set("Allow", route.method());
      throw new ProblemException(
          GeneralProblem.METHOD_NOT_ALLOWED, "This route takes " + route.method() + ".");
    }
    letIn(exchange, route);
  }

  private void letIn(HttpExchange exchange, EdgeRoute route) throws IOException {
    Supplier<Credentials.Proven> proof =
        () ->
            credentials.proven(
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("X-API-Key"),
                address(exchange));
    // Before a place is taken: it is for those who are let in.
    Credentials.Proven proven = proof.get();
    Caller caller = proven.caller();
    tell(exchange, limits.admit(caller, proven.credential(), route.units()));
    Tenancy.in(
        caller.tenantId(),
        () -> {
          try {
            caller.require(route.scope(), route.action());
            stream(exchange, route, proof);
            return true;
          } catch (ProblemException e) {
            denials.denied(caller, route.method() + " " + route.template(), e);
            throw e;
          }
        });
  }

  private void stream(HttpExchange exchange, EdgeRoute route, Supplier<Credentials.Proven> proof)
      throws IOException {
    if (!places.tryAcquire()) {
      throw new ProblemException(
          GeneralProblem.SERVICE_UNAVAILABLE, "Too many streams are open here.");
    }
    try {
      String id = route.variable(exchange.getRequestURI().getPath());
      switch (route) {
        case SCAN_EVENTS -> streams.serve(exchange, () -> proof.get().caller(), id(id));
      }
    } finally {
      places.release();
    }
  }

  private static void tell(HttpExchange exchange, Optional<Budget> budget) {
    budget.ifPresent(left -> left.headers().forEach(exchange.getResponseHeaders()::set));
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

  /** The body as it was sent; null where the stream had begun: its client comes back for it. */
  private static @Nullable String refuse(
      HttpExchange exchange, ProblemException refusal, HttpCall call) throws IOException {
    if (exchange.getResponseCode() != -1) {
      return null;
    }
    Problem problem = refusal.problem();
    if (problem.status() == 401) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
    }
    if (problem.status() == 503) {
      exchange.getResponseHeaders().set("Retry-After", "5");
    }
    if (refusal instanceof RateLimitedException limited) {
      tell(exchange, Optional.of(limited.budget()));
      exchange.getResponseHeaders().set("Retry-After", String.valueOf(limited.retryAfter()));
    }
    var body =
        ProblemBody.of(
            problem,
            refusal.detail(),
            refusal.details(),
            exchange.getRequestURI().getRawPath(),
            call.traceId(),
            call.requestId());
    String json = Redactor.redact(JsonMapper.shared().writeValueAsString(body));
    send(exchange, problem.status(), "application/problem+json", json);
    return json;
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
