package io.dorsal.discovery;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Recognizes files that a scan found at another path: a file that is gone and a new one of equal
 * size and equal Content-MD5, else equal head hash, one to one. Among several the same file name
 * decides, else the same name of the folder, else nothing moved. The known file keeps its id and
 * takes over what was listed and read of the new one. In the caller's transaction.
 */
@Component
class Moves {

  private static final String GONE =
      """
      f.first_scan_number <= :number
      and (f.state = 'MISSING' or (f.listed_number < :number and {scope}))
      """;

  /** First seen since the last complete look, so that a canceled scan in between hides no move. */
  private static final String FRESH =
      """
      f.state = 'PRESENT' and f.last_scan_number = :number and f.first_scan_number > :floor
      """;

  /**
   * Candidates of one digest get the place at which exactly one gone and one fresh file meet; who
   * has none stays. Counting instead of pairing keeps thousands of equal files cheap.
   */
  private static final String PAIRS =
      """
      insert into file_move (tenant_id, scan_id, file_id, replaced_id, from_path, to_path)
      with candidate as (
        select f.id, f.path, f.size, {digest} as digest, f.content_md5, {gone} as gone,
               normalize(substr(f.path, length(f.folder) + 1), NFC) as name,
               normalize(split_part(f.folder, '/', -2), NFC) as parent
        from found_file f left join file_inspection i on i.file_id = f.id and i.etag = f.etag
        where f.source_id = :source and f.size > 0 and {digest} is not null
          and (({gone}) or ({fresh} and f.size in
                 (select f.size from found_file f where f.source_id = :source and ({gone}))))
          and not exists (select 1 from file_move m
                          where m.scan_id = :scan and f.id in (m.file_id, m.replaced_id))
      ), counted as (
        select *,
          count(*) filter (where gone) over same as g0, count(*) filter (where not gone) over same as n0,
          count(*) filter (where gone) over twin as g3, count(*) filter (where not gone) over twin as n3,
          count(*) filter (where gone) over named as g2, count(*) filter (where not gone) over named as n2,
          count(*) filter (where gone) over lying as g1, count(*) filter (where not gone) over lying as n1
        from candidate
        window same as (partition by size, digest), named as (partition by size, digest, name),
          twin as (partition by size, digest, name, parent), lying as (partition by size, digest, parent)
      ), placed as (
        select *, case
          when g0 = 1 and n0 = 1 then 'only'
          when g3 = 1 and n3 = 1 then 'both ' || name || '/' || parent
          when case when gone then n3 else g3 end > 0 then null
          when g2 = 1 and n2 = 1 then 'name ' || name
          when case when gone then n2 else g2 end > 0 then null
          when g1 = 1 and n1 = 1 then 'parent ' || parent
          end as place
        from counted where g0 > 0 and n0 > 0
      )
      select cast(:tenant as uuid), cast(:scan as uuid), g.id, n.id, g.path, n.path
      from placed g join placed n on n.size = g.size and n.digest = g.digest and n.place = g.place
      where g.gone and not n.gone
        and (g.content_md5 is null or n.content_md5 is null or g.content_md5 = n.content_md5)
      """;

  /** What follows a file to its known id; the inspection last, for the others ask for it. */
  private static final List<String> READ_FROM_FILES =
      List.of("file_contents", "shot_part", "file_inspection");

  private final JdbcClient jdbc;
  private final ScanRows scans;
  private final Shots shots;

  Moves(JdbcClient jdbc, ScanRows scans, Shots shots) {
    this.jdbc = jdbc;
    this.scans = scans;
    this.shots = shots;
  }

  /** Settles the moves of a scan whose files are all inspected. */
  void settle(Scan scan) {
    long floor =
        scans
            .findBySourceIdAndStateAndNumberLessThan(
                scan.sourceId(), ScanState.COMPLETED, scan.number())
            .stream()
            .filter(earlier -> ScanScope.covers(earlier, scan))
            .mapToLong(Scan::number)
            .max()
            .orElse(0);
    int moved = pair(scan, "f.content_md5", floor) + pair(scan, "i.head_hash", floor);
    if (moved > 0) {
      shots.unsettle(scan);
      apply(scan);
      jdbc.sql(
              """
              update scan_progress set moved = :moved, added = added - :moved where scan_id = :scan
              """)
          .param("moved", moved)
          .param("scan", scan.id())
          .update();
    }
  }

  private int pair(Scan scan, String digest, long floor) {
    ScanScope scope = ScanScope.of(scan);
    return jdbc.sql(
            PAIRS
                .replace("{digest}", digest)
                .replace("{gone}", GONE.replace("{scope}", scope.sql()))
                .replace("{fresh}", FRESH))
        .param("tenant", scan.tenantId())
        .param("scan", scan.id())
        .param("source", scan.sourceId())
        .param("number", scan.number())
        .param("floor", floor)
        .params(scope.parameters())
        .update();
  }

  private void apply(Scan scan) {
    for (String table : READ_FROM_FILES) {
      ofMoves(
          scan,
          """
          delete from {table} t using file_move m
          where m.scan_id = :scan and t.file_id = m.file_id
            and exists (select 1 from file_inspection n where n.file_id = m.replaced_id)
          """
              .replace("{table}", table));
      ofMoves(
          scan,
          """
          update {table} t set file_id = m.file_id from file_move m
          where m.scan_id = :scan and t.file_id = m.replaced_id
          """
              .replace("{table}", table));
    }
    // Failed scans may go on one day.
    ofMoves(
        scan,
        """
        update scan_item t set file_id = m.file_id from file_move m, scan s
        where m.scan_id = :scan and t.file_id = m.replaced_id and t.scan_id = s.id
          and s.source_id = :source and s.state = 'FAILED'
        """);
    ofMoves(
        scan,
        """
        with replaced as (
          delete from found_file f using file_move m
          where m.scan_id = :scan and f.id = m.replaced_id
          returning f.*, m.file_id as known_id)
        update found_file k
        set path = r.path, folder = r.folder, class = r.class, size = r.size, etag = r.etag,
            last_modified = r.last_modified, content_md5 = r.content_md5, tier = r.tier,
            state = 'PRESENT', content_open = false, last_scan_number = r.last_scan_number,
            listed_number = r.listed_number, moved_number = :number,
            back_number = case when k.state = 'MISSING' then :number else k.back_number end,
            previous_paths = k.previous_paths || k.path
        from replaced r where k.id = r.known_id
        """);
  }

  private void ofMoves(Scan scan, String sql) {
    var statement = jdbc.sql(sql).param("scan", scan.id());
    statement = sql.contains(":number") ? statement.param("number", scan.number()) : statement;
    statement = sql.contains(":source") ? statement.param("source", scan.sourceId()) : statement;
    statement.update();
  }
}
