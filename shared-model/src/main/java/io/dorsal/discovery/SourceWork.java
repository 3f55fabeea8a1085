package io.dorsal.discovery;

import io.dorsal.connections.ConnectionWork;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where scans of a connection read, and until when. Thread-safe. */
@Component
class SourceWork implements ConnectionWork {

  private final JdbcClient jdbc;

  SourceWork(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Place> place(UUID connectionId) {
    return jdbc.sql(
            """
            select container, prefix from source
            where connection_id = :connection and state = 'ACTIVE'
            order by created_at, id limit 1
            """)
        .param("connection", connectionId)
        .query(Place.class)
        .optional();
  }

  @Override
  public Optional<Instant> ends(UUID connectionId) {
    return jdbc.sql(
            """
            select max(now() + (p.to_inspect - p.inspected) / p.rate_per_s * interval '1 second')
            from scan s join source o on o.id = s.source_id
              join scan_progress p on p.scan_id = s.id
            where o.connection_id = :connection and s.state = 'INSPECTING' and p.rate_per_s > 0
            """)
        .param("connection", connectionId)
        .query((row, number) -> Optional.ofNullable(row.getTimestamp(1)))
        .single()
        .map(java.sql.Timestamp::toInstant);
  }
}
