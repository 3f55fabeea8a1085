package io.dorsal.work;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.operations.Kept;
import io.dorsal.operations.Spans;
import io.dorsal.operations.TraceContext;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Posts outbox rows to Service Bus. Any number of posters may run, in any number of processes: each
 * takes rows that no other holds. A poster killed between sending and marking sends again; the
 * message id makes that harmless.
 */
@Component
public class OutboxPoster implements DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(OutboxPoster.class);
  private static final int AT_ONCE = 100;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final QueueSenders senders;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("outbox").factory());

  OutboxPoster(JdbcClient jdbc, PlatformTransactionManager transactions, QueueSenders senders) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.senders = senders;
  }

  /** Posts soon, on a thread of its own; returns at once. */
  void wake() {
    if (asked.compareAndSet(false, true)) {
      thread.execute(this::postQuietly);
    }
  }

  private void postQuietly() {
    asked.set(false);
    try {
      postAll();
    } catch (RuntimeException e) {
      log.warn("Posting to Service Bus failed; the rows stay in the outbox: {}", e.toString());
    }
  }

  /**
   * Posts everything left in the outbox.
   *
   * @return the number of messages posted
   * @throws RuntimeException where the database or Service Bus fails; what was not posted stays
   */
  public int postAll() {
    int posted = 0;
    int now;
    do {
      now = Tenancy.sweep(Sweeper.OUTBOX, () -> transaction.execute(status -> postSome()));
      posted += now;
    } while (now == AT_ONCE);
    return posted;
  }

  /** Forgets rows posted more than seven days ago. */
  public void forgetOld() {
    Tenancy.sweep(
        Sweeper.OUTBOX,
        () -> jdbc.sql("delete from outbox where sent_at < now() - interval '7 days'").update());
  }

  private int postSome() {
    // Sending may take half a minute; only a frozen process takes longer.
    jdbc.sql("set local idle_in_transaction_session_timeout = '60s'").update();
    List<Row> rows =
        jdbc.sql(
                """
                select id, tenant_id, queue, message_id, body, trace_parent, request_id,
                    created_at, statement_timestamp() as now
                from outbox where sent_at is null order by id limit :n for update skip locked
                """)
            .param("n", AT_ONCE)
            .query(Row.class)
            .list();
    Map<String, List<Row>> byQueue = new LinkedHashMap<>();
    rows.forEach(
        row -> byQueue.computeIfAbsent(row.queue(), q -> new java.util.ArrayList<>()).add(row));
    byQueue.forEach(senders::send);
    if (!rows.isEmpty()) {
      jdbc.sql("update outbox set sent_at = now() where id in (:ids)")
          .param("ids", rows.stream().map(Row::id).toList())
          .update();
    }
    rows.forEach(OutboxPoster::posted);
    return rows.size();
  }

  /** Ends the message's hop, which the transaction of the act began. */
  private static void posted(Row row) {
    TraceContext.parse(row.traceParent())
        .ifPresent(
            hop ->
                Spans.keep(
                    new Kept.Hop(
                        row.tenantId(),
                        hop.traceId(),
                        hop.spanId(),
                        null,
                        Kept.Kind.OUTBOX,
                        row.queue(),
                        row.createdAt().toInstant(),
                        Duration.between(row.createdAt(), row.now()).toMillis(),
                        Kept.State.OK,
                        null,
                        row.requestId(),
                        null,
                        List.of(),
                        Map.of("message_id", row.messageId()))));
  }

  @Override
  public void destroy() throws InterruptedException {
    thread.shutdown();
    thread.awaitTermination(5, TimeUnit.SECONDS);
  }

  record Row(
      long id,
      java.util.UUID tenantId,
      String queue,
      String messageId,
      String body,
      String traceParent,
      @org.jspecify.annotations.Nullable String requestId,
      OffsetDateTime createdAt,
      OffsetDateTime now) {}
}
