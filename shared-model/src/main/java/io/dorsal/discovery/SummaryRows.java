package io.dorsal.discovery;

import static io.dorsal.discovery.MissingGuard.State.HELD;

import java.sql.Array;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Counts what a scan found. Thread-safe. */
@Component
class SummaryRows {

  private static final int CAMERAS = 50;

  private static final String INSPECTED =
      " from found_file f join file_inspection i on i.file_id = f.id where " + FileRows.LISTED;

  private final JdbcClient jdbc;
  private final PatternRows patterns;
  private final GuardRows guards;
  private final Clock clock;
  private final JsonMapper json = JsonMapper.shared();

  SummaryRows(JdbcClient jdbc, PatternRows patterns, GuardRows guards, Clock clock) {
    this.jdbc = jdbc;
    this.patterns = patterns;
    this.guards = guards;
    this.clock = clock;
  }

  /**
   * Numbers as they were counted.
   *
   * @param last whether they stay so
   */
  record Kept(ScanSummary numbers, boolean last) {}

  Optional<Kept> kept(Scan scan) {
    return jdbc.sql("select numbers, final from scan_summary where scan_id = :scan")
        .param("scan", scan.id())
        .query(
            (row, n) ->
                new Kept(json.readValue(row.getString(1), ScanSummary.class), row.getBoolean(2)))
        .optional();
  }

  /**
   * Counts and keeps a scan's numbers, in the caller's transaction; it takes seconds where files
   * are many. They are the last ones where the scan is completed and no person may still change
   * them by deciding the guard; the last ones are not counted again.
   */
  void keep(Scan scan) {
    if (kept(scan).filter(Kept::last).isPresent()) {
      return;
    }
    boolean held = guards.findById(scan.id()).filter(guard -> guard.state() == HELD).isPresent();
    jdbc.sql(
            """
            insert into scan_summary (scan_id, tenant_id, numbers, final)
            values (:scan, :tenant, cast(:numbers as jsonb), :last)
            on conflict (tenant_id, scan_id) do update
              set numbers = excluded.numbers, final = excluded.final, counted_at = now()
              where not scan_summary.final
            """)
        .param("scan", scan.id())
        .param("tenant", scan.tenantId())
        .param("numbers", json.writeValueAsString(count(scan)))
        .param("last", scan.state() == ScanState.COMPLETED && !held)
        .update();
  }

  /** Nothing but what the listing itself counts. */
  ScanSummary listed(Scan scan) {
    return jdbc.sql(
            """
            select coalesce(f.file_count, p.listed), coalesce(f.total_size, 0)
            from scan_progress p left join scan_folder f on f.scan_id = p.scan_id and f.path = ''
            where p.scan_id = :scan
            """)
        .param("scan", scan.id())
        .query((row, n) -> ScanSummary.uncounted(row.getLong(1), row.getLong(2)))
        .single();
  }

  long files(Scan scan) {
    return jdbc.sql("select listed from scan_progress where scan_id = :scan")
        .param("scan", scan.id())
        .query(Long.class)
        .single();
  }

  ScanSummary count(Scan scan) {
    List<ScanSummary.ClassCount> classes = classes(scan);
    Contents contents = contents(scan);
    return new ScanSummary(
        classes.stream().mapToLong(ScanSummary.ClassCount::files).sum(),
        classes.stream().mapToLong(ScanSummary.ClassCount::size).sum(),
        classes,
        images(scan, classes),
        contents.spreadsheets(),
        contents.documents(),
        contents.databases(),
        patterns.counts(scan),
        issues(scan),
        clock.instant());
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

  /** One pass over the images, grouped by camera, gives all their numbers. */
  private ScanSummary.Images images(Scan scan, List<ScanSummary.ClassCount> classes) {
    long total =
        classes.stream()
            .filter(c -> c.fileClass().equals("IMAGE") || c.fileClass().equals("RAW"))
            .mapToLong(ScanSummary.ClassCount::files)
            .sum();
    long companions = companions(scan);
    return ofScan(
            """
            with camera as materialized (
              select i.camera_key as key, count(*) as files, count(i.latitude) as placed,
                     count(i.taken_at_local) as dated, min(i.taken_at_local) as earliest,
                     max(i.taken_at_local) as latest
            """
                + INSPECTED
                + """
                     and f.class in ('IMAGE', 'RAW') group by i.camera_key),
                top as (select key, files from camera where key is not null
                        order by files desc, key limit :cameras)
                select coalesce(sum(placed), 0)::bigint, coalesce(sum(dated), 0)::bigint, min(earliest),
                       max(latest), count(key),
                       (select array_agg(key order by files desc, key) from top),
                       (select array_agg(files order by files desc, key) from top)
                from camera
                """,
            scan)
        .param("cameras", CAMERAS)
        .query(
            (row, n) ->
                new ScanSummary.Images(
                    total,
                    companions,
                    row.getLong(1),
                    row.getLong(2),
                    row.getObject(3, LocalDateTime.class),
                    row.getObject(4, LocalDateTime.class),
                    row.getLong(5),
                    cameras(row.getArray(6), row.getArray(7))))
        .single();
  }

  private long companions(Scan scan) {
    return ofScan(
            """
            select count(*) from shot_part p join found_file f on f.id = p.file_id
            where p.source_id = :source and p.companion_of is not null and f.class = 'RAW' and
            """
                + FileRows.LISTED,
            scan)
        .query(Long.class)
        .single();
  }

  private static List<ScanSummary.CameraCount> cameras(@Nullable Array keys, @Nullable Array files)
      throws SQLException {
    if (keys == null || files == null) {
      return List.of();
    }
    String[] key = (String[]) keys.getArray();
    Long[] count = (Long[]) files.getArray();
    return IntStream.range(0, key.length)
        .mapToObj(i -> new ScanSummary.CameraCount(key[i], count[i]))
        .toList();
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
