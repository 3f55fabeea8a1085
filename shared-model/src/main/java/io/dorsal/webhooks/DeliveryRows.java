package io.dorsal.webhooks;

import io.dorsal.access.DatabaseTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of deliveries. */
@Component
class DeliveryRows {

  private final JdbcClient jdbc;

  DeliveryRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The newest first, behind this place. */
  List<Delivery> page(UUID tenantId, UUID webhookId, @Nullable Long after, int most) {
    return jdbc.sql(
            """
            select * from webhook_delivery
            where tenant_id = :tenant and webhook_id = :webhook
              and (cast(:after as bigint) is null or seq < :after)
            order by seq desc limit :most
            """)
        .param("tenant", tenantId)
        .param("webhook", webhookId)
        .param("after", after)
        .param("most", most)
        .query((row, number) -> delivery(row))
        .list();
  }

  /** One of a webhook, and nobody else changes it until the transaction ends. */
  Optional<Delivery> lock(UUID tenantId, UUID webhookId, UUID id) {
    return jdbc.sql(
            """
            select * from webhook_delivery
            where tenant_id = :tenant and webhook_id = :webhook and id = :id for update
            """)
        .param("tenant", tenantId)
        .param("webhook", webhookId)
        .param("id", id)
        .query((row, number) -> delivery(row))
        .optional();
  }

  /** The first in order that is due, unless the webhook is paused or gone. */
  Optional<Delivery> nextDue(UUID tenantId, UUID webhookId, Instant now) {
    return jdbc.sql(
            """
            select d.* from webhook_delivery d
            join webhook w on w.tenant_id = d.tenant_id and w.id = d.webhook_id
            where d.tenant_id = :tenant and d.webhook_id = :webhook and w.state = 'ACTIVE'
              and d.state = 'WAITING' and d.next_at <= :now
            order by d.seq limit 1
            """)
        .param("tenant", tenantId)
        .param("webhook", webhookId)
        .param("now", DatabaseTimes.at(now))
        .query((row, number) -> delivery(row))
        .optional();
  }

  /**
   * Writes what became of a delivery.
   *
   * @return false where it is no longer as it was before
   */
  boolean save(UUID tenantId, Delivery before, Delivery after) {
    return jdbc.sql(
                """
                update webhook_delivery set state = :state, attempts = :attempts, next_at = :next,
                    last_at = :last, last_status = :status, last_error = :error, ended_at = :ended
                where tenant_id = :tenant and id = :id and state = :stateBefore
                  and attempts = :attemptsBefore
                """)
            .param("state", after.state().name())
            .param("attempts", after.attempts())
            .param("next", DatabaseTimes.at(after.nextAt()))
            .param("last", DatabaseTimes.at(after.lastAt()))
            .param("status", after.lastStatus())
            .param("error", after.lastError() == null ? null : after.lastError().name())
            .param("ended", DatabaseTimes.at(after.endedAt()))
            .param("tenant", tenantId)
            .param("id", before.id())
            .param("stateBefore", before.state().name())
            .param("attemptsBefore", before.attempts())
            .update()
        == 1;
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    String error = row.getString("last_error");
    return new Delivery(
        row.getObject("id", UUID.class),
        row.getLong("seq"),
        row.getObject("webhook_id", UUID.class),
        row.getObject("event_id", UUID.class),
        row.getString("event"),
        DeliveryState.valueOf(row.getString("state")),
        row.getInt("attempts"),
        Objects.requireNonNull(DatabaseTimes.instant(row, "created_at")),
        DatabaseTimes.instant(row, "next_at"),
        DatabaseTimes.instant(row, "last_at"),
        row.getObject("last_status", Integer.class),
        error == null ? null : DeliveryError.valueOf(error),
        DatabaseTimes.instant(row, "ended_at"));
  }
}
