package io.dorsal.discovery;

import io.dorsal.connections.ConnectionUse;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The sources and scans that hang on a connection. Thread-safe. */
@Component
class SourceUse implements ConnectionUse {

  private final JdbcClient jdbc;

  SourceUse(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Uses of(UUID tenantId, UUID connectionId) {
    int sources =
        jdbc.sql(
                """
                select count(*) from source
                where tenant_id = ? and connection_id = ? and state <> 'REMOVED'
                """)
            .params(tenantId, connectionId)
            .query(Integer.class)
            .single();
    int schedules =
        jdbc.sql(
                """
                select count(*) from source_schedule s join source o on o.id = s.source_id
                where o.tenant_id = ? and o.connection_id = ? and o.state <> 'REMOVED' and s.enabled
                """)
            .params(tenantId, connectionId)
            .query(Integer.class)
            .single();
    List<UUID> scans =
        jdbc.sql(
                """
                select s.id from scan s join source o on o.id = s.source_id
                where o.tenant_id = ? and o.connection_id = ?
                  and s.state in ('REQUESTED', 'LISTING', 'INSPECTING', 'PAUSED_AUTH')
                order by s.id
                """)
            .params(tenantId, connectionId)
            .query(UUID.class)
            .list();
    return new Uses(sources, schedules, scans, List.of());
  }
}
