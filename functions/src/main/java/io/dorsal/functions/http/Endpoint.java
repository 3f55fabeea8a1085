package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import io.dorsal.access.Caller;
import io.dorsal.access.Callers;
import io.dorsal.access.Tenancy;
import io.dorsal.operations.Act;
import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.Journal;
import io.dorsal.operations.Severity;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * The way every HTTP function but health takes: who calls, then one use case, then the answer or
 * the refusal. Thread-safe.
 */
@Component
public class Endpoint {

  private static final Logger log = LoggerFactory.getLogger(Endpoint.class);
  private static final int FORBIDDEN = 403;

  private final ProblemResponses problems;
  private final Callers callers;
  private final Deadlines deadlines;
  private final Journal journal;

  Endpoint(ProblemResponses problems, Callers callers, Deadlines deadlines, Journal journal) {
    this.problems = problems;
    this.callers = callers;
    this.deadlines = deadlines;
    this.journal = journal;
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
        () -> {
          String credential = Headers.of(request, "Authorization").orElse(null);
          Caller caller = attempt(() -> callers.of(credential));
          ProblemResponses.identified(caller);
          return Tenancy.in(
              caller.tenantId(),
              () -> denialKept(request, route, caller, each -> permitted(row, each, work)));
        });
  }

  private static Reply permitted(Permission row, Caller caller, Function<Caller, Reply> work) {
    row.checkScope(caller);
    if (!row.looksFirst()) {
      row.checkRole(caller);
    }
    Reply reply = work.apply(caller);
    row.checkRole(caller);
    return reply;
  }

  /** What a caller tries without the right to it stands in the audit log. */
  private Reply denialKept(
      HttpRequestMessage<?> request, String route, Caller caller, Function<Caller, Reply> work) {
    try {
      return work.apply(caller);
    } catch (ProblemException e) {
      if (e.problem().status() == FORBIDDEN) {
        keep(
            Act.of(caller, AuditCategory.AUTHORIZATION, "access.denied")
                .on("route", null, request.getHttpMethod() + " " + route)
                .as(Severity.WARNING)
                .ended(Act.Outcome.DENIED, e.problem().name()));
      }
      throw e;
    }
  }

  private void keep(Act denied) {
    try {
      journal.attempted(denied);
    } catch (DataAccessException | TransactionException e) {
      log.warn("A denied attempt is in no audit entry, for the database is away", e);
    }
  }

  /** Answers a request that proves its caller by other means than a bearer token, or need not. */
  public HttpResponseMessage answerUnsigned(
      HttpRequestMessage<?> request, String route, Supplier<Reply> work) {
    if (Permissions.of(request.getHttpMethod(), route).who() != Who.ANYONE) {
      throw new IllegalStateException(route + " is not for anyone");
    }
    return within(request, route, work);
  }

  private HttpResponseMessage within(
      HttpRequestMessage<?> request, String route, Supplier<Reply> work) {
    return problems.answer(
        request, route, () -> render(request, deadlines.within(() -> attempt(work))));
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
