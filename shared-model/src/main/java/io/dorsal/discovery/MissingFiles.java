package io.dorsal.discovery;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which known files a scan's complete listing did not show. In the caller's transaction. */
@Component
class MissingFiles {

  /** Known before the scan and not seen by it or a later one. */
  private static final String GONE =
      """
      f.source_id = :source and f.state = 'PRESENT' and f.first_scan_number < :number
      and f.listed_number < :number
      """;

  private final JdbcClient jdbc;
  private final Shots shots;

  MissingFiles(JdbcClient jdbc, Shots shots) {
    this.jdbc = jdbc;
    this.shots = shots;
  }

  /**
   * @param known files known before the scan where it looked
   * @param gone those of them that it did not see
   */
  record Count(long known, long gone) {}

  Count count(Scan scan) {
    ScanScope scope = ScanScope.of(scan);
    return jdbc.sql(
            """
            select count(*), count(*) filter (where f.listed_number < :number) from found_file f
            where f.source_id = :source and f.state = 'PRESENT' and f.first_scan_number < :number
              and
            """
                + scope.sql())
        .param("source", scan.sourceId())
        .param("number", scan.number())
        .params(scope.parameters())
        .query((row, n) -> new Count(row.getLong(1), row.getLong(2)))
        .single();
  }

  void mark(Scan scan) {
    shots.unsettle(scan);
    ScanScope scope = ScanScope.of(scan);
    jdbc.sql(
            """
            update found_file f
            set folder = f.folder, state = 'MISSING', missing_number = :number, back_number = null where
            """
                + GONE
                + " and "
                + scope.sql())
        .param("source", scan.sourceId())
        .param("number", scan.number())
        .params(scope.parameters())
        .update();
  }

  /** Counts what the scan found gone, by its listing or when a file's turn came. */
  void tally(Scan scan) {
    jdbc.sql(
            """
            update scan_progress set missing = (
              select count(*) from found_file
              where source_id = :source and state = 'MISSING' and missing_number = :number)
            where scan_id = :scan
            """)
        .param("scan", scan.id())
        .param("source", scan.sourceId())
        .param("number", scan.number())
        .update();
  }
}
