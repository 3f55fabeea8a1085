package io.dorsal.mail;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.mail.MailRows.Taken;
import io.dorsal.operations.Act;
import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.Journal;
import io.dorsal.operations.Severity;
import io.dorsal.operations.StateChange;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends mails that are due, several at once. A mail is leased meanwhile, so that any number of
 * processes may do it at once; a process that dies between the server's yes and its commit sends
 * that mail again after two minutes, with the same Message-ID. Thread-safe.
 */
@Component
public class MailWork {

  private static final Logger log = LoggerFactory.getLogger(MailWork.class);
  private static final int AT_ONCE = 8;

  /** No call begins another round after so long. */
  private static final Duration BUDGET = Duration.ofSeconds(10);

  private final MailRows rows;
  private final MailServer server;
  private final Journal journal;
  private final TransactionTemplate transaction;
  private final Clock clock;

  MailWork(
      MailRows rows,
      MailServer server,
      Journal journal,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.rows = rows;
    this.server = server;
    this.journal = journal;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /** Whether mail is sent at all: whether a server is set. */
  public boolean sends() {
    return server.isSet();
  }

  /** Sends what is due now, as far as one call goes. */
  public void sendDue() {
    if (!server.isSet()) {
      return;
    }
    long end = System.nanoTime() + BUDGET.toNanos();
    List<Taken> taken;
    do {
      taken = Tenancy.sweep(Sweeper.MAIL, () -> rows.take(AT_ONCE));
      try (var threads =
          Executors.newThreadPerTaskExecutor(
              Thread.ofPlatform().daemon().name("mail-", 0).factory())) {
        taken.forEach(
            each -> threads.execute(() -> Tenancy.run(each.tenantId(), () -> send(each))));
      }
    } while (!taken.isEmpty() && System.nanoTime() < end);
  }

  /** No transaction lasts while it is sent. */
  private void send(Taken taken) {
    try {
      Mail mail = rows.get(taken.tenantId(), taken.id());
      Mail after =
          rows.letter(mail)
              .map(letter -> mail.after(clock.instant(), server.send(letter).orElse(null)))
              .orElseGet(() -> mail.canceled(clock.instant()));
      transaction.executeWithoutResult(status -> save(mail, after));
    } catch (RuntimeException e) {
      log.error("Mail {} stopped; it is tried again", taken.id(), e);
    }
  }

  private void save(Mail before, Mail after) {
    if (rows.save(before, after)) {
      if (after.state() == MailState.GIVEN_UP) {
        journal.record(givenUp(after));
      }
      if (after.lastError() != null && after.state() != MailState.CANCELED) {
        log.warn(
            "Mail {} of {} was not taken at attempt {}: {}",
            after.id(),
            after.kind(),
            after.attempts(),
            after.lastError());
      }
    }
  }

  private static Act givenUp(Mail mail) {
    return Act.of(mail.tenantId(), StateChange.SYSTEM, AuditCategory.ADMIN, "mail.given_up")
        .on("mail", mail.id(), mail.kind())
        .as(Severity.WARNING)
        .changing(
            Map.of(),
            Map.of(
                "user_id", mail.userId(),
                "attempts", mail.attempts(),
                "error", String.valueOf(mail.lastError())))
        .ended(Act.Outcome.FAILED, null);
  }
}
