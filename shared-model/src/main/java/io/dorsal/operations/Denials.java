package io.dorsal.operations;

import io.dorsal.access.Caller;
import io.dorsal.access.Tenancy;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Keeps in the audit log what was tried without the right to it. Never fails the call: while the
 * database is away, the log has it alone. Thread-safe.
 */
@Component
public class Denials {

  private static final Logger log = LoggerFactory.getLogger(Denials.class);
  private static final int FORBIDDEN = 403;
  private static final int MOST_REMEMBERED = 10_000;

  private final Journal journal;
  private final Clock clock;
  private final Map<Knock, Instant> told = new ConcurrentHashMap<>();

  Denials(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** Who was kept out, and why. */
  private record Knock(Act attempt, Object reason) {}

  /**
   * Keeps that a caller may not do this. Other refusals are none of the right, and who is not let
   * in at all is kept by {@link #keptOut}.
   *
   * @param call method and route
   */
  public void denied(Caller caller, String call, ProblemException why) {
    String code = why.problem().name();
    if (why.problem().status() == FORBIDDEN && !code.startsWith("AUTHZ_")) {
      keep(
          Act.of(caller, AuditCategory.AUTHORIZATION, "access.denied")
              .on("route", null, call)
              .as(Severity.WARNING)
              .ended(Act.Outcome.DENIED, code));
    }
  }

  /**
   * Keeps that somebody whom a credential proves was not let in: once a minute for each attempt and
   * reason, so that who goes on trying fills no log that is kept for years.
   *
   * @param attempt equal for whoever is the same
   */
  public void keptOut(Act attempt, ProblemException why) {
    if (isNews(attempt, why)) {
      keep(told(attempt, why));
    }
  }

  /** The same behind the call's back, for an answer whose time must tell nothing. */
  public void keptOutQuietly(Act attempt, ProblemException why) {
    if (!isNews(attempt, why)) {
      return;
    }
    Map<String, String> context = MDC.getCopyOfContextMap();
    Origin origin = Origin.current();
    Thread.ofPlatform()
        .daemon()
        .name("denial")
        .start(
            () -> {
              MDC.setContextMap(context == null ? Map.of() : context);
              origin.enter();
              keep(told(attempt, why));
            });
  }

  private static Act told(Act attempt, ProblemException why) {
    return attempt
        .as(Severity.WARNING)
        .changing(Map.of(), Map.of("reason", reason(why)))
        .ended(Act.Outcome.DENIED, why.problem().name());
  }

  private static Object reason(ProblemException why) {
    Object reason = why.details().get("reason");
    return reason == null ? why.problem().name() : reason;
  }

  private boolean isNews(Act attempt, ProblemException why) {
    if (!Set.of(401, FORBIDDEN).contains(why.problem().status())) {
      return false;
    }
    Instant now = clock.instant();
    Instant minuteAgo = now.minus(1, ChronoUnit.MINUTES);
    if (told.size() >= MOST_REMEMBERED) {
      told.values().removeIf(at -> !at.isAfter(minuteAgo));
    }
    if (told.size() >= MOST_REMEMBERED) {
      return false;
    }
    Instant last =
        told.merge(
            new Knock(attempt, reason(why)),
            now,
            (before, after) -> before.isAfter(minuteAgo) ? before : after);
    return last.equals(now);
  }

  private void keep(Act denied) {
    try {
      Tenancy.run(denied.tenantId(), () -> journal.attempted(denied));
    } catch (DataAccessException | TransactionException e) {
      log.warn("A denied attempt is in no audit entry, for the database is away", e);
    }
  }
}
