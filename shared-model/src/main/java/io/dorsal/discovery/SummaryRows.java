package io.dorsal.discovery;

import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts what a scan found. Thread-safe. */
@Component
class SummaryRows {

  private static final int CAMERAS = 50;

  private static final String INSPECTED =
      " from found_file f join file_inspection i on i.file_id = f.id where " + FileRows.LISTED;

  private final JdbcClient jdbc;
  private final PatternRows patterns;

  SummaryRows(JdbcClient jdbc, PatternRows patterns) {
    this.jdbc = jdbc;
    this.patterns = patterns;
  }

  ScanSummary of(Scan scan, boolean withCameras) {
    List<ScanSummary.ClassCount> classes = classes(scan);
    Contents contents = contents(scan);
    return new ScanSummary(
        classes.stream().mapToLong(ScanSummary.ClassCount::files).sum(),
        classes.stream().mapToLong(ScanSummary.ClassCount::size).sum(),
        classes,
        images(scan, classes, withCameras ? cameras(scan) : null),
        contents.spreadsheets(),
        contents.documents(),
        contents.databases(),
        patterns.counts(scan),
        issues(scan));
  }

  private record Contents(
      ScanSummary.Spreadsheets spreadsheets,
      ScanSummary.Documents documents,
      ScanSummary.Databases databases) {}

  private Contents contents(Scan scan) {
    return ofScan(
            """
            select count(*) filter (where c.sheet_count > 0), coalesce(sum(c.sheet_count), 0)::bigint,
                   coalesce(sum(c.row_count), 0)::bigint, count(c.characters),
                   count(*) filter (where c.hits <> '[]'::jsonb),
                   count(*) filter (where c.table_count > 0), coalesce(sum(c.table_count), 0)::bigint
            from file_contents c join found_file f on f.id = c.file_id
            where f.state <> 'MISSING' and
            """
                + FileRows.OF_SCAN,
            scan)
        .query(
            (row, n) ->
                new Contents(
                    new ScanSummary.Spreadsheets(row.getLong(1), row.getLong(2), row.getLong(3)),
                    new ScanSummary.Documents(row.getLong(4), row.getLong(5)),
                    new ScanSummary.Databases(row.getLong(6), row.getLong(7))))
        .single();
  }

  private List<ScanSummary.ClassCount> classes(Scan scan) {
    return ofScan(
            "select f.class, count(*), sum(f.size)::bigint from found_file f where "
                + FileRows.LISTED
                + " group by f.class order by f.class",
            scan)
        .query(
            (row, n) ->
                new ScanSummary.ClassCount(row.getString(1), row.getLong(2), row.getLong(3)))
        .list();
  }

  private ScanSummary.Images images(
      Scan scan,
      List<ScanSummary.ClassCount> classes,
      @Nullable List<ScanSummary.CameraCount> cameras) {
    long total =
        classes.stream()
            .filter(c -> c.fileClass().equals("IMAGE") || c.fileClass().equals("RAW"))
            .mapToLong(ScanSummary.ClassCount::files)
            .sum();
    return ofScan(
            """
            select count(i.latitude), count(i.taken_at_local), min(i.taken_at_local),
                   max(i.taken_at_local), count(distinct i.camera_key),
                   count((select p.companion_of from shot_part p where p.file_id = f.id))
            """
                + INSPECTED
                + " and f.class in ('IMAGE', 'RAW')",
            scan)
        .query(
            (row, n) ->
                new ScanSummary.Images(
                    total,
                    row.getLong(6),
                    row.getLong(1),
                    row.getLong(2),
                    row.getObject(3, LocalDateTime.class),
                    row.getObject(4, LocalDateTime.class),
                    row.getLong(5),
                    cameras))
        .single();
  }

  private List<ScanSummary.CameraCount> cameras(Scan scan) {
    return ofScan(
            "select i.camera_key, count(*)"
                + INSPECTED
                + """
                 and f.class in ('IMAGE', 'RAW') and i.camera_key is not null
                group by i.camera_key order by count(*) desc, i.camera_key limit :cameras
                """,
            scan)
        .param("cameras", CAMERAS)
        .query((row, n) -> new ScanSummary.CameraCount(row.getString(1), row.getLong(2)))
        .list();
  }

  private List<ScanSummary.IssueCount> issues(Scan scan) {
    return ofScan(
            """
            select issue, count(*) from (
              select unnest(case when i.code = any(i.notes) or i.code is null then i.notes
                                 else i.notes || i.code end) as issue
            """
                + INSPECTED
                + """
                 and (i.code is not null or i.notes <> '{}')
                  union all
                  select 'MISSING' from found_file f
                  where f.source_id = :source and f.missing_number = :number
                    and (f.back_number is null or f.back_number > :number)
                ) as odd group by issue order by count(*) desc, issue
                """,
            scan)
        .query(
            (row, n) ->
                new ScanSummary.IssueCount(
                    row.getString(1), row.getLong(2), FileIssue.fixOf(row.getString(1))))
        .list();
  }

  private JdbcClient.StatementSpec ofScan(String sql, Scan scan) {
    return FileRows.scanned(jdbc.sql(sql), scan);
  }
}
