package io.dorsal.discovery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the counters of sources, a few rows each however large the archive. Thread-safe. */
@Component
class SourceCounts {

  private final JdbcClient jdbc;

  SourceCounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Map<UUID, SourceCounters> of(List<UUID> sources) {
    Map<UUID, SourceCounters> counters = new HashMap<>();
    if (!sources.isEmpty()) {
      jdbc.sql(
              """
              select s.id, s.scan_count, l.id as last_id, l.state as last_state,
                     f.file_count, f.total_size, f.finished_at
              from source s
              left join lateral (
                select id, state from scan where source_id = s.id order by number desc limit 1
              ) l on true
              left join lateral (
                select r.file_count, r.total_size, c.finished_at
                from scan c left join scan_folder r
                  on r.scan_id = c.id and r.path_head = '' and r.path = ''
                where c.source_id = s.id and c.state = 'COMPLETED'
                  and c.prefix = '' and c.prefixes = '{}'
                order by c.number desc limit 1
              ) f on true
              where s.id in (:sources)
              """)
          .param("sources", sources)
          .query(
              row -> {
                counters.put(row.getObject(1, UUID.class), read(row));
              });
    }
    return counters;
  }

  private static SourceCounters read(ResultSet row) throws SQLException {
    String state = row.getString(4);
    Timestamp at = row.getTimestamp(7);
    return new SourceCounters(
        row.getInt(2),
        row.getObject(3, UUID.class),
        state == null ? null : ScanState.valueOf(state),
        row.getObject(5, Long.class),
        row.getObject(6, Long.class),
        at == null ? null : at.toInstant());
  }
}
