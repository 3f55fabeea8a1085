package io.dorsal.discovery;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a scan's owner reads of how it went: its progress lines and its states, in the transaction
 * of what they tell. Thread-safe.
 */
@Component
class ScanLog {

  private final JdbcClient jdbc;

  ScanLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(Scan scan, String line) {
    jdbc.sql("insert into scan_log (scan_id, tenant_id, line) values (:scan, :tenant, :line)")
        .param("scan", scan.id())
        .param("tenant", scan.tenantId())
        .param("line", line)
        .update();
  }

  /**
   * Lines in the order in which they were written.
   *
   * @param after the id of the last line seen; null begins
   */
  ResultPage<LogLine> lines(Scan scan, @Nullable Long after, int limit) {
    List<LogLine> found =
        jdbc.sql(
                """
                select id, at, line from scan_log
                where scan_id = :scan and id > :after order by id limit :limit
                """)
            .param("scan", scan.id())
            .param("after", after == null ? 0 : after)
            .param("limit", limit + 1)
            .query(LogLine.class)
            .list();
    boolean more = found.size() > limit;
    List<LogLine> shown = more ? found.subList(0, limit) : found;
    return new ResultPage<>(shown, more ? String.valueOf(shown.getLast().id()) : null);
  }
}
