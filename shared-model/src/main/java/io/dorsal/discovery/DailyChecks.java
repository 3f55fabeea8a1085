package io.dorsal.discovery;

import io.dorsal.work.Outbox;
import io.dorsal.work.OutboxMessage;
import io.dorsal.work.Queues;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Has the connections that scans depend on checked every day. Thread-safe. */
@Component
public class DailyChecks {

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final Clock clock;

  DailyChecks(JdbcClient jdbc, Outbox outbox, Clock clock) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Asks for a check of each connection with an active source; asked again on the same day, the
   * queue drops it.
   *
   * @return how many connections that are
   */
  @Transactional
  public int request() {
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    List<OutboxMessage> messages =
        jdbc.sql("select distinct tenant_id, connection_id from source where state = 'ACTIVE'")
            .query(
                (row, number) ->
                    new OutboxMessage(
                        row.getObject("tenant_id", java.util.UUID.class),
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
