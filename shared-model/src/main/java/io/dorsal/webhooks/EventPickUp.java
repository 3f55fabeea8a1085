package io.dorsal.webhooks;

import io.dorsal.access.DatabaseTimes;
import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.operations.Metric;
import io.dorsal.operations.Metrics;
import java.time.Clock;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes deliveries of the audit entries that webhooks listen to: each once and in order, for how
 * far it came is written in the same transaction. Thread-safe; of several processes one does it.
 */
@Component
public class EventPickUp {

  /** What a paused webhook keeps. */
  static final int MOST_KEPT = 1_000;

  /**
   * Whether a webhook listens to an entry. That deliveries are dropped is not told to the webhook
   * that dropped them, and of dropped news of that kind no other is told: two that fail would tell
   * each other for ever.
   */
  private static final String LISTENS =
      """
      (e.action = 'webhook.tested' and e.resource_id = w.id)
      or ((e.category = any (w.events) or e.action = any (w.events))
        and (cardinality(w.user_ids) = 0
          or e.user_id = any (cast(w.user_ids as text[]))
          or (e.resource_type = 'user' and e.resource_id = any (w.user_ids)))
        and (cardinality(w.share_ids) = 0
          or (e.resource_type = 'share' and e.resource_id = any (w.share_ids))
          or e.after ->> 'share_id' = any (cast(w.share_ids as text[])))
        and (cardinality(w.population_ids) = 0
          or (e.resource_type = 'population' and e.resource_id = any (w.population_ids))
          or e.after ->> 'population_id' = any (cast(w.population_ids as text[])))
        and not (e.action = 'webhook.delivery_dropped'
          and (e.resource_id = w.id or e.after ->> 'event' = 'webhook.delivery_dropped')))
      """;

  private final JdbcClient jdbc;
  private final Metrics metrics;
  private final TransactionTemplate transaction;
  private final Clock clock;

  EventPickUp(
      JdbcClient jdbc, Metrics metrics, PlatformTransactionManager transactions, Clock clock) {
    this.jdbc = jdbc;
    this.metrics = metrics;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * Picks up what all ended transactions wrote since the last time.
   *
   * @return how many deliveries are new
   */
  public int pickUp() {
    return Tenancy.sweep(
        Sweeper.WEBHOOKS,
        () -> Objects.requireNonNull(transaction.execute(status -> pickUpSome())));
  }

  private int pickUpSome() {
    return jdbc.sql("select end_tx::text from webhook_progress for update skip locked")
        .query(String.class)
        .optional()
        .map(this::pickUpFrom)
        .orElse(0);
  }

  private int pickUpFrom(String from) {
    String to =
        jdbc.sql("select pg_snapshot_xmin(pg_current_snapshot())::text")
            .query(String.class)
            .single();
    if (to.equals(from)) {
      return 0;
    }
    int made =
        jdbc.sql(
                """
                insert into webhook_delivery
                    (tenant_id, webhook_id, event_id, event, created_at, next_at)
                select w.tenant_id, w.id, e.event_id, e.action, :now, :now
                from webhook w join audit_entry e on e.tenant_id = w.tenant_id
                where e.tx >= cast(:from as xid8) and e.tx < cast(:to as xid8)
                  and e.tx > w.since_tx and (
                """
                    + LISTENS
                    + ") order by e.tx, e.event_id")
            .param("now", DatabaseTimes.at(clock.instant()))
            .param("from", from)
            .param("to", to)
            .update();
    jdbc.sql("update webhook_progress set end_tx = cast(:to as xid8)").param("to", to).update();
    if (made > 0) {
      trim();
    }
    return made;
  }

  /** Of what paused webhooks keep, the oldest goes and is counted. */
  private void trim() {
    long gone =
        jdbc.sql(
                """
                with surplus as (
                  select tenant_id, id from (
                    select d.tenant_id, d.id, row_number() over
                        (partition by d.tenant_id, d.webhook_id order by d.seq desc) as place
                    from webhook_delivery d
                    join webhook w on w.tenant_id = d.tenant_id and w.id = d.webhook_id
                    where w.state = 'PAUSED' and d.state = 'WAITING') kept
                  where place > :most),
                gone as (
                  delete from webhook_delivery d using surplus o
                  where d.tenant_id = o.tenant_id and d.id = o.id
                  returning d.tenant_id, d.webhook_id),
                counted as (
                  update webhook w set dropped = dropped + g.n
                  from (select tenant_id, webhook_id, count(*) as n from gone group by 1, 2) g
                  where w.tenant_id = g.tenant_id and w.id = g.webhook_id)
                select count(*) from gone
                """)
            .param("most", MOST_KEPT)
            .query(Long.class)
            .single();
    if (gone > 0) {
      metrics.add(Metric.WEBHOOK_DELIVERIES, (double) gone, "dropped");
    }
  }
}
