package io.dorsal.discovery;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.work.Outbox;
import io.dorsal.work.OutboxMessage;
import io.dorsal.work.Queues;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Has the connections that scans depend on checked every day. Thread-safe. */
@Component
public class DailyChecks {

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final Clock clock;

  DailyChecks(
      JdbcClient jdbc, Outbox outbox, PlatformTransactionManager transactions, Clock clock) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * Asks for a check of each connection with an active source; asked again on the same day, the
   * queue drops it.
   *
   * @return how many connections that are
   */
  public int request() {
    List<UUID> tenants =
        Tenancy.sweep(
            Sweeper.DAILY_CHECKS,
            () ->
                jdbc.sql("select distinct tenant_id from source where state = 'ACTIVE'")
                    .query(UUID.class)
                    .list());
    int requested = 0;
    for (UUID tenant : tenants) {
      requested +=
          Tenancy.in(
              tenant, () -> Objects.requireNonNull(transaction.execute(status -> ofTenant())));
    }
    return requested;
  }

  private int ofTenant() {
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    List<OutboxMessage> messages =
        jdbc.sql("select distinct tenant_id, connection_id from source where state = 'ACTIVE'")
            .query(
                (row, number) ->
                    new OutboxMessage(
                        row.getObject("tenant_id", UUID.class),
                        Queues.CONNECTION_CHECKS,
                        row.getString("connection_id") + "|" + day,
                        "{\"connection_id\":\"%s\",\"tenant_id\":\"%s\"}"
                            .formatted(row.getString("connection_id"), row.getString("tenant_id"))))
            .list();
    if (!messages.isEmpty()) {
      outbox.add(messages);
    }
    return messages.size();
  }
}
