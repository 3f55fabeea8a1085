package io.dorsal.webhooks;

import io.dorsal.access.DatabaseTimes;
import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.mail.MailedNotices;
import io.dorsal.operations.Act;
import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.AuditLog;
import io.dorsal.operations.Journal;
import io.dorsal.operations.Metric;
import io.dorsal.operations.Metrics;
import io.dorsal.operations.NewNotice;
import io.dorsal.operations.Severity;
import io.dorsal.operations.StateChange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what is due: several webhooks at once, each one's deliveries one after the other. A webhook
 * is leased meanwhile, so that any number of processes may do it at once; a crash delays it by the
 * lease, and may send again what was sent last. Thread-safe.
 */
@Component
public class DeliveryWork {

  private static final Logger log = LoggerFactory.getLogger(DeliveryWork.class);

  /** The kind of the notices that tell of dropped deliveries. */
  static final String NOTICE = "WEBHOOK_DROPPED";

  private static final int AT_ONCE = 8;

  /** No call, and no webhook within it, begins another send after so long. */
  private static final Duration BUDGET = Duration.ofSeconds(10);

  private record Taken(UUID tenantId, UUID id, OffsetDateTime leasedUntil) {}

  private final WebhookRows webhooks;
  private final WebhookSecrets secrets;
  private final DeliveryRows rows;
  private final Sender sender;
  private final AuditLog audit;
  private final Journal journal;
  private final MailedNotices notices;
  private final Metrics metrics;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;

  DeliveryWork(
      WebhookRows webhooks,
      WebhookSecrets secrets,
      DeliveryRows rows,
      Sender sender,
      AuditLog audit,
      Journal journal,
      MailedNotices notices,
      Metrics metrics,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.webhooks = webhooks;
    this.secrets = secrets;
    this.rows = rows;
    this.sender = sender;
    this.audit = audit;
    this.journal = journal;
    this.notices = notices;
    this.metrics = metrics;
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /** Sends what is due now, as far as one call goes. */
  public void deliverDue() {
    long end = System.nanoTime() + BUDGET.toNanos();
    List<Taken> taken;
    do {
      taken = Tenancy.sweep(Sweeper.WEBHOOKS, this::take);
      try (var threads =
          Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("webhooks-", 0).factory())) {
        taken.forEach(
            each -> threads.execute(() -> Tenancy.run(each.tenantId(), () -> work(each))));
      }
    } while (!taken.isEmpty() && System.nanoTime() < end);
  }

  /**
   * Webhooks that nobody else works on, the longest neglected first; none of a suspended tenant.
   */
  private List<Taken> take() {
    return jdbc.sql(
            """
            update webhook w set leased_until = clock_timestamp() + interval '2 minutes'
            from (
              select h.tenant_id, h.id from webhook h
              where h.state = 'ACTIVE'
                and (h.leased_until is null or h.leased_until <= clock_timestamp())
                and exists (select 1 from webhook_delivery d
                    where d.tenant_id = h.tenant_id and d.webhook_id = h.id
                      and d.state = 'WAITING' and d.next_at <= :now)
                and not exists (select 1 from tenant t
                    where t.id = h.tenant_id and t.status <> 'ACTIVE')
              order by h.leased_until nulls first limit :most for no key update skip locked) due
            where w.tenant_id = due.tenant_id and w.id = due.id
            returning w.tenant_id, w.id, w.leased_until
            """)
        .param("now", DatabaseTimes.at(clock.instant()))
        .param("most", AT_ONCE)
        .query(Taken.class)
        .list();
  }

  private void work(Taken taken) {
    try {
      webhooks.find(taken.tenantId(), taken.id()).ifPresent(this::deliver);
    } catch (RuntimeException e) {
      log.error("Deliveries of webhook {} stopped; they are tried again", taken.id(), e);
    } finally {
      release(taken);
    }
  }

  private void release(Taken taken) {
    jdbc.sql(
            """
            update webhook set leased_until = clock_timestamp()
            where tenant_id = :tenant and id = :id and leased_until = :until
            """)
        .param("tenant", taken.tenantId())
        .param("id", taken.id())
        .param("until", taken.leasedUntil())
        .update();
  }

  private void deliver(Webhook webhook) {
    long end = System.nanoTime() + BUDGET.toNanos();
    WebhookSecrets.Opened opened = secrets.open(webhook, clock.instant());
    Optional<Delivery> due = rows.nextDue(webhook.tenantId(), webhook.id(), clock.instant());
    while (due.isPresent()) {
      attempt(webhook, opened, due.get());
      due =
          System.nanoTime() < end
              ? rows.nextDue(webhook.tenantId(), webhook.id(), clock.instant())
              : Optional.empty();
    }
  }

  /** No transaction lasts while it is sent. */
  private void attempt(Webhook webhook, WebhookSecrets.Opened opened, Delivery delivery) {
    Delivery.Attempt attempt =
        audit
            .find(webhook.tenantId(), delivery.eventId())
            .map(entry -> sender.send(webhook, opened, delivery, entry))
            .orElseGet(
                () -> new Delivery.Attempt(clock.instant(), null, DeliveryError.EVENT_FORGOTTEN));
    Delivery after = delivery.after(attempt);
    Boolean mine = transaction.execute(status -> saved(webhook, delivery, after));
    if (Boolean.TRUE.equals(mine)) {
      metrics.count(
          Metric.WEBHOOK_DELIVERIES,
          after.state() == DeliveryState.WAITING
              ? "failed"
              : after.state().name().toLowerCase(Locale.ROOT));
    }
  }

  private boolean saved(Webhook webhook, Delivery before, Delivery after) {
    boolean mine = rows.save(webhook.tenantId(), before, after);
    if (mine && after.state() == DeliveryState.DROPPED) {
      journal.record(dropped(webhook, after));
      notices.tellMailingOne(notice(webhook, clock.instant()));
    }
    return mine;
  }

  private static Act dropped(Webhook webhook, Delivery delivery) {
    return Act.of(
            webhook.tenantId(),
            StateChange.SYSTEM,
            AuditCategory.SECURITY,
            "webhook.delivery_dropped")
        .on("webhook", webhook.id(), webhook.name())
        .as(Severity.WARNING)
        .changing(
            Map.of(),
            Map.of(
                "delivery_id", delivery.id(),
                "event_id", delivery.eventId(),
                "event", delivery.event(),
                "attempts", delivery.attempts(),
                "error", String.valueOf(delivery.lastError())))
        .ended(Act.Outcome.FAILED, null);
  }

  /** One a day and webhook. */
  private static NewNotice notice(Webhook webhook, Instant now) {
    return new NewNotice(
        webhook.tenantId(),
        NOTICE + "/" + webhook.id() + "/" + LocalDate.ofInstant(now, ZoneOffset.UTC),
        NOTICE,
        TenantRole.TENANT_ADMIN,
        webhook.createdBy(),
        "The webhook " + webhook.name() + " does not take what it is sent",
        "Deliveries were given up after eight attempts. Look at its deliveries, put the receiver"
            + " right, and send them again.",
        "webhook",
        webhook.id());
  }
}
