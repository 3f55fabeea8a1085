package io.dorsal.mail;

import io.dorsal.access.TenantRole;
import io.dorsal.operations.NewNotice;
import io.dorsal.operations.Notices;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notices that are told by mail as well, where a mail server is set: in the transaction of the
 * notice each person gets a mail to be sent, so that each notice is mailed once to each. Only
 * active users with an e-mail address get one. Thread-safe.
 */
@Component
public class MailedNotices {

  private final Notices notices;
  private final MailRows rows;
  private final MailServer server;
  private final TransactionTemplate transaction;

  MailedNotices(
      Notices notices, MailRows rows, MailServer server, PlatformTransactionManager transactions) {
    this.notices = notices;
    this.rows = rows;
    this.server = server;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Tells it unless that was done before, and mails it to everybody whom it is for.
   *
   * @return whether it is new
   */
  public boolean tell(NewNotice notice) {
    return tell(notice, notice.forRole());
  }

  /** The same, but of those whom it is for only the one person gets a mail. */
  public boolean tellMailingOne(NewNotice notice) {
    return tell(notice, null);
  }

  private boolean tell(NewNotice notice, @Nullable TenantRole mailed) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              var told = notices.tell(notice);
              if (server.isSet()) {
                told.ifPresent(id -> rows.add(notice.tenantId(), id, notice.forSubject(), mailed));
              }
              return told.isPresent();
            }));
  }
}
