package io.dorsal.operations;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what the journal keeps. Thread-safe. */
@Component
public class RecordedEvents {

  private static final int AT_ONCE = 500;

  private final JdbcClient jdbc;

  RecordedEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The changes of one thing in their order, at most 500.
   *
   * @param after the number of the last one seen; 0 begins
   */
  public List<RecordedEvent> of(UUID tenantId, UUID subjectId, long after) {
    return jdbc.sql(
            """
            select id as number, name, tenant_id, subject_id as id, from_state as "from",
                   to_state as "to", at, trace_id
            from event
            where subject_id = :subject and id > :after and tenant_id = :tenant
            order by event.id limit :most
            """)
        .param("subject", subjectId)
        .param("after", after)
        .param("tenant", tenantId)
        .param("most", AT_ONCE)
        .query(RecordedEvent.class)
        .list();
  }
}
