package io.dorsal.connections;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.mail.MailedNotices;
import io.dorsal.operations.NewNotice;
import io.dorsal.operations.StateChange;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells people 30, 7 and 1 days before a secret ends, and switches the connection when it has.
 * Thread-safe; any number of instances may do it at once.
 */
@Component
public class ExpiryWatch {

  /** The kind of the notices that tell of an end to come. */
  static final String NOTICE = "CONNECTION_EXPIRES";

  private static final Logger log = LoggerFactory.getLogger(ExpiryWatch.class);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy 'at' HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final ConnectionRows rows;
  private final MailedNotices notices;
  private final ConnectionStates states;
  private final TransactionTemplate transaction;
  private final ExpiryClock clock;

  ExpiryWatch(
      ConnectionRows rows,
      MailedNotices notices,
      ConnectionStates states,
      PlatformTransactionManager transactions,
      ExpiryClock clock) {
    this.rows = rows;
    this.notices = notices;
    this.states = states;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * Sends what is due: for each secret the tightest threshold reached, once per connection, secret
   * version and threshold. A threshold that was passed over is not told later.
   *
   * @return how many notices are new
   */
  public int sendNotices() {
    Instant now = clock.now();
    int sent = 0;
    Instant widest = now.plus(ExpiryBand.WIDEST);
    for (Connection connection :
        Tenancy.sweep(Sweeper.EXPIRY, () -> rows.endingBetween(now, widest))) {
      sent += Tenancy.in(connection.tenantId(), () -> sendNotice(connection, now)) ? 1 : 0;
    }
    return sent;
  }

  private boolean sendNotice(Connection connection, Instant now) {
    Instant end = Objects.requireNonNull(connection.expiresAt());
    return ExpiryBand.of(end, now)
        .told()
        .map(days -> notices.tell(notice(connection, end, days)))
        .orElse(false);
  }

  private static NewNotice notice(Connection connection, Instant end, int days) {
    String key = NOTICE + "/" + connection.id() + "/" + connection.secretVersion() + "/" + days;
    return new NewNotice(
        connection.tenantId(),
        key,
        NOTICE,
        TenantRole.TENANT_ADMIN,
        connection.createdBy(),
        "The secret of "
            + connection.name()
            + " ends within "
            + days
            + (days == 1 ? " day" : " days"),
        "Replace the SAS token before " + DAY.format(end) + "; after that scans and sync stop.",
        "connection",
        connection.id());
  }

  /**
   * Switches every connection whose secret has ended to EXPIRED.
   *
   * @return how many this call switched
   */
  public int expireDue() {
    int expired = 0;
    Instant now = clock.now();
    for (Connection connection : Tenancy.sweep(Sweeper.EXPIRY, () -> rows.ended(now))) {
      expired += Tenancy.in(connection.tenantId(), () -> expire(connection)) ? 1 : 0;
    }
    return expired;
  }

  private boolean expire(Connection connection) {
    try {
      Connection expired = connection.expired(clock.now());
      transaction.execute(status -> states.saved(connection, expired, StateChange.SYSTEM));
      return true;
    } catch (OptimisticLockingFailureException e) {
      // Another instance did it, or a person changed the connection; the next minute looks again.
      log.debug("Connection {} changed meanwhile", connection.id());
      return false;
    }
  }
}
