package io.dorsal.work;

import io.dorsal.operations.Kept;
import io.dorsal.operations.Span;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.slf4j.MDC;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The transactional outbox: state and message go out in one transaction. Messages are posted right
 * after the commit; what a crash leaves behind is posted by the timer function or by any later
 * commit. Delivery is at least once, made once by the queue's duplicate detection.
 */
@Component
public class Outbox {

  private final JdbcTemplate jdbc;
  private final OutboxPoster poster;

  Outbox(JdbcTemplate jdbc, OutboxPoster poster) {
    this.jdbc = jdbc;
    this.poster = poster;
  }

  /** Adds messages to the running transaction, with the trace and request id of this thread. */
  public void add(List<OutboxMessage> messages) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      throw new IllegalStateException("The outbox is written in the transaction of the act.");
    }
    String requestId = MDC.get("request_id");
    IdentityHashMap<OutboxMessage, Span> hops = new IdentityHashMap<>();
    messages.forEach(message -> hops.put(message, hop(message)));
    jdbc.batchUpdate(
        """
        insert into outbox (tenant_id, queue, message_id, body, trace_parent, request_id)
        values (?, ?, ?, ?, ?, ?)
        """,
        messages,
        500,
        (statement, message) -> {
          statement.setObject(1, message.tenantId());
          statement.setString(2, message.queue());
          statement.setString(3, message.messageId());
          statement.setString(4, message.body());
          statement.setString(5, Objects.requireNonNull(hops.get(message)).context().traceparent());
          statement.setString(6, requestId);
        });
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            hops.values().forEach(Span::begun);
            poster.wake();
          }
        });
  }

  /** The message's hop ends when it is posted, which another process may do. */
  private static Span hop(OutboxMessage message) {
    return Span.below(Kept.Kind.OUTBOX, message.queue(), message.tenantId())
        .with("message_id", message.messageId());
  }
}
