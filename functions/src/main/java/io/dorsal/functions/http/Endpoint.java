package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import io.dorsal.access.Caller;
import io.dorsal.access.Callers;
import io.dorsal.access.Tenancy;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * The way every HTTP function but health takes: who calls, then one use case, then the answer or
 * the refusal. Thread-safe.
 */
@Component
public class Endpoint {

  private final ProblemResponses problems;
  private final Callers callers;

  Endpoint(ProblemResponses problems, Callers callers) {
    this.problems = problems;
    this.callers = callers;
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
    return problems.answer(
        request,
        route,
        () -> {
          String credential = Headers.of(request, "Authorization").orElse(null);
          Caller caller = attempt(() -> callers.of(credential));
          ProblemResponses.identified(caller.tenantId().toString(), caller.actor());
          row.checkScope(caller);
          if (!row.looksFirst()) {
            row.checkRole(caller);
          }
          Reply reply = attempt(() -> Tenancy.in(caller.tenantId(), () -> work.apply(caller)));
          row.checkRole(caller);
          return render(request, reply);
        });
  }

  /** Answers a request that proves its caller by other means than a bearer token, or need not. */
  public HttpResponseMessage answerUnsigned(
      HttpRequestMessage<?> request, String route, Supplier<Reply> work) {
    if (Permissions.of(request.getHttpMethod(), route).who() != Who.ANYONE) {
      throw new IllegalStateException(route + " is not for anyone");
    }
    return problems.answer(request, route, () -> render(request, attempt(work)));
  }

  private static <T> T attempt(Supplier<T> work) {
    try {
      return work.get();
    } catch (DataAccessResourceFailureException
        | TransientDataAccessException
        | CannotCreateTransactionException
        | TransactionSystemException e) {
      throw new ProblemException(
          GeneralProblem.SERVICE_UNAVAILABLE, "The database is away or too busy.", e);
    }
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
