package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import io.dorsal.access.Budget;
import io.dorsal.access.CallLimits;
import io.dorsal.access.Caller;
import io.dorsal.access.ClientAddress;
import io.dorsal.access.RequestSettings;
import io.dorsal.access.Tenancy;
import io.dorsal.apikeys.Credentials;
import io.dorsal.operations.Denials;
import io.dorsal.operations.SchemaMismatchException;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * The way every HTTP function takes: who calls, then one use case, then the answer or the refusal.
 * Thread-safe.
 */
@Component
public class Endpoint {

  private final ProblemResponses problems;
  private final Credentials credentials;
  private final CallLimits limits;
  private final RequestSettings settings;
  private final Deadlines deadlines;
  private final Denials denials;
  private final RunningCalls calls;

  Endpoint(
      ProblemResponses problems,
      Credentials credentials,
      CallLimits limits,
      RequestSettings settings,
      Deadlines deadlines,
      Denials denials,
      RunningCalls calls) {
    this.problems = problems;
    this.credentials = credentials;
    this.limits = limits;
    this.settings = settings;
    this.deadlines = deadlines;
    this.denials = denials;
    this.calls = calls;
  }

  /**
   * Answers a request whose credential proves its caller and who may, by the row of {@link
   * Permissions}; others are refused before {@code work} begins.
   *
   * @param route the path template below {@code /api/v1}, which names the row
   */
  public HttpResponseMessage answer(
      HttpRequestMessage<?> request, String route, Function<Caller, Reply> work) {
    Permission row = Permissions.of(request.getHttpMethod(), route);
    return within(
        request,
        route,
        told -> {
          Credentials.Proven proven =
              credentials.proven(
                  Headers.of(request, "Authorization").orElse(null),
                  Headers.of(request, "X-API-Key").orElse(null),
                  address(request));
          admit(row, proven, told);
          return Tenancy.in(
              proven.caller().tenantId(), () -> permitted(row, proven.caller(), work));
        });
  }

  /** What a caller tries without the right to it stands in the audit log. */
  private Reply permitted(Permission row, Caller caller, Function<Caller, Reply> work) {
    try {
      row.checkScope(caller);
      if (!row.looksFirst()) {
        row.checkRole(caller);
      }
      Reply reply = work.apply(caller);
      row.checkRole(caller);
      return reply;
    } catch (ProblemException e) {
      denials.denied(caller, row.method() + " " + row.route(), e);
      throw e;
    }
  }

  /** Answers a request that proves its caller by other means than a bearer token, or need not. */
  public HttpResponseMessage answerUnsigned(
      HttpRequestMessage<?> request, String route, Supplier<Reply> work) {
    Permission row = Permissions.of(request.getHttpMethod(), route);
    if (row.who() != Who.ANYONE) {
      throw new IllegalStateException(route + " is not for anyone");
    }
    return within(
        request,
        route,
        told -> {
          admit(row, address(request)).ifPresent(left -> told.putAll(left.headers()));
          return work.get();
        });
  }

  private Optional<Budget> admit(Permission row, @Nullable ClientAddress address) {
    return switch (row.rate()) {
      case PROBE -> limits.admitProbe(address);
      case SIGN_IN -> limits.admitAddress(address, CallLimits.SIGN_IN);
      default -> limits.admitAddress(address, CallLimits.UNSIGNED);
    };
  }

  /** Refuses what no route takes. */
  HttpResponseMessage refuse(HttpRequestMessage<?> request, Supplier<ProblemException> refusal) {
    return within(
        request,
        "{*path}",
        told -> {
          throw refusal.get();
        });
  }

  private @Nullable ClientAddress address(HttpRequestMessage<?> request) {
    return Headers.address(request, settings.trustedProxies()).orElse(null);
  }

  /** Diagnostics have a limit of their own besides. */
  private void admit(Permission row, Credentials.Proven proven, Map<String, String> told) {
    Caller caller = proven.caller();
    limits
        .admit(caller, proven.credential(), row.rate().units())
        .ifPresent(left -> told.putAll(left.headers()));
    if (row.rate() == RateClass.DIAGNOSTICS) {
      limits.admitDiagnostics(caller).ifPresent(left -> told.putAll(left.headers()));
    }
  }

  /**
   * Before anybody is charged, the answer tells what the address has left.
   *
   * @param work is given the headers that the answer has whatever comes of it
   */
  private HttpResponseMessage within(
      HttpRequestMessage<?> request, String route, Function<Map<String, String>, Reply> work) {
    Map<String, String> told = new ConcurrentHashMap<>();
    limits.left(address(request)).ifPresent(left -> told.putAll(left.headers()));
    return problems.answer(
        request,
        route,
        told,
        () ->
            calls.run(
                () -> render(request, deadlines.within(() -> attempt(() -> work.apply(told))))));
  }

  private static <T> T attempt(Supplier<T> work) {
    try {
      return work.get();
    } catch (DataAccessResourceFailureException
        | TransientDataAccessException
        | CannotCreateTransactionException
        | TransactionSystemException e) {
      throw away(e);
    }
  }

  private static ProblemException away(RuntimeException failure) {
    return SchemaMismatchException.in(failure)
        .map(e -> new ProblemException(GeneralProblem.SCHEMA_VERSION_MISMATCH, upgrade(), e))
        .orElseGet(
            () ->
                new ProblemException(
                    GeneralProblem.SERVICE_UNAVAILABLE,
                    "The database is away or too busy.",
                    failure));
  }

  private static String upgrade() {
    return "The database is being upgraded, or this program is not of its release.";
  }

  private static HttpResponseMessage.Builder render(HttpRequestMessage<?> request, Reply reply) {
    var answer =
        request
            .createResponseBuilder(HttpStatusType.custom(reply.status()))
            .header("Cache-Control", "no-store");
    switch (reply.body()) {
      case null -> {}
      case Reply.Text text -> answer.body(text.content());
      default -> answer.header("Content-Type", "application/json").body(Json.write(reply.body()));
    }
    reply.headers().forEach(answer::header);
    return answer;
  }
}
