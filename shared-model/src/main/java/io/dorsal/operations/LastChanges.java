package io.dorsal.operations;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who changed a thing last, as the journal says. Thread-safe. */
@Component
public class LastChanges {

  /**
   * The last change of one thing.
   *
   * @param by the actor: a person's subject, or the system
   */
  public record LastChange(String by, Instant at) {}

  private final JdbcClient jdbc;

  LastChanges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Empty where nothing is recorded of it. */
  public Optional<LastChange> of(UUID tenantId, UUID resourceId) {
    return jdbc.sql(
            """
            select actor as by, at from audit_entry
            where resource_id = :resource and tenant_id = :tenant
            order by at desc, event_id desc limit 1
            """)
        .param("resource", resourceId)
        .param("tenant", tenantId)
        .query(LastChange.class)
        .optional();
  }
}
