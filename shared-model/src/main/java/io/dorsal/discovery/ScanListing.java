package io.dorsal.discovery;

import io.dorsal.connections.ConnectionProblem;
import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.sources.ListedFile;
import io.dorsal.sources.SourceException;
import io.dorsal.sources.SourcePage;
import java.sql.Connection;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Keeps what a listing shows. Each page and the place where the next one begins are one
 * transaction, the caller's. Thread-safe.
 */
@Component
public class ScanListing {

  private static final Logger log = LoggerFactory.getLogger(ScanListing.class);
  private static final long MOST_FILES = 10_000_000;

  private final JdbcTemplate jdbc;
  private final ScanProgressRows progress;
  private final ScanLog scanLog;
  private final Shots shots;

  ScanListing(JdbcTemplate jdbc, ScanProgressRows progress, ScanLog scanLog, Shots shots) {
    this.jdbc = jdbc;
    this.progress = progress;
    this.scanLog = scanLog;
    this.shots = shots;
  }

  /** How far the listing is: its token tells where the next page begins, which is now read. */
  public ScanProgress progress(Scan scan) {
    StandingStill.allow(jdbc);
    return progress.of(scan.id());
  }

  /**
   * Keeps one page: files new to the source are added, known ones get what the listing says now.
   *
   * @throws ScanNotActiveException where the scan is no longer LISTING
   * @throws SourceTooLargeException past 10,000,000 files
   */
  public void save(Scan scan, SourcePage page) {
    StandingStill.limit(jdbc);
    progress.require(scan, ScanState.LISTING);
    Globs include = Globs.of(scan.include());
    Globs exclude = Globs.of(scan.exclude());
    Map<String, ListedFile> found = new LinkedHashMap<>();
    List<String> leftOut = new ArrayList<>();
    for (ListedFile file : page.files()) {
      if (wanted(scan, include, exclude, file)) {
        found.put(file.path(), file);
      } else if (!file.folderMarker()) {
        leftOut.add(file.path());
      }
    }
    Difference difference = upsert(scan, List.copyOf(found.values()));
    boolean back = notMissing(scan, leftOut);
    if (back || difference.any()) {
      shots.unsettle(scan);
    }
    int ended = page.next() == null ? 1 : 0;
    Long listed =
        jdbc.queryForObject(
            """
            update scan_progress
            set listed = listed + ?, excluded = excluded + ?, added = added + ?,
                changed = changed + ?, list_token = ?,
                list_root = list_root + ?, list_complete = list_root + ? >= ?,
                last_progress_at = now()
            where scan_id = ? returning listed
            """,
            Long.class,
            found.size(),
            page.files().size() - found.size(),
            difference.added(),
            difference.changed(),
            page.next(),
            ended,
            ended,
            scan.roots().size(),
            scan.id());
    if (listed != null && listed > MOST_FILES) {
      throw new SourceTooLargeException();
    }
    if (page.next() == null && page.files().isEmpty()) {
      refuseEmptied(scan);
    }
    log.info("Listed {} files scan={}", listed, scan.id());
    scanLog.add(scan, "Listed " + listed + " files");
  }

  private static boolean wanted(Scan scan, Globs include, Globs exclude, ListedFile file) {
    String path = file.path();
    return !file.folderMarker()
        && (include.isEmpty() || include.matches(path))
        && !exclude.matches(path)
        && !(scan.builtinExcludes() && Globs.builtinExcludes().matches(path));
  }

  /**
   * A root without a single file where there were some is a root that is not there, such as a
   * container made anew or a share not mounted.
   */
  private void refuseEmptied(Scan scan) {
    Boolean emptied =
        jdbc.queryForObject(
            """
            select p.listed + p.excluded = 0 and exists
              (select 1 from found_file where source_id = ? and state = 'PRESENT')
            from scan_progress p where p.scan_id = ?
            """,
            Boolean.class,
            scan.sourceId(),
            scan.id());
    if (Boolean.TRUE.equals(emptied) && scan.roots().contains("")) {
      throw new SourceException(
          SourceException.Kind.UNAVAILABLE,
          ConnectionProblem.SOURCE_UNAVAILABLE,
          "The source is empty, and it had files.",
          null,
          null);
    }
  }

  /**
   * Known files that the patterns leave out are there all the same.
   *
   * @return whether one of them had been missing
   */
  private boolean notMissing(Scan scan, List<String> paths) {
    if (paths.isEmpty() || scan.number() == 1) {
      return false;
    }
    Boolean back =
        jdbc.queryForObject(
            """
            with n as materialized (
              select path, left(path, 500) as path_head from unnest(?::text[]) as path),
            seen as (
              update found_file f
              set folder = f.folder, listed_number = ?, state = 'PRESENT',
                  back_number = case when f.state = 'MISSING' then ? else f.back_number end
              from n where f.source_id = ? and f.path_head = n.path_head and f.path = n.path
              returning old.state = 'MISSING' as back)
            select coalesce(bool_or(back), false) from seen
            """,
            Boolean.class,
            paths.toArray(String[]::new),
            scan.number(),
            scan.number(),
            scan.sourceId());
    return Boolean.TRUE.equals(back);
  }

  /**
   * @param added files new to the source
   * @param changed known files with another ETag
   * @param back known files that were MISSING
   */
  private record Difference(long added, long changed, long back) {

    boolean any() {
      return added + changed + back > 0;
    }
  }

  private Difference upsert(Scan scan, List<ListedFile> files) {
    if (files.isEmpty()) {
      return new Difference(0, 0, 0);
    }
    List<Difference> difference =
        jdbc.query(
            connection -> {
              var statement =
                  connection.prepareStatement(
                      """
                      with seen as (
                      insert into found_file as f (tenant_id, source_id, path, folder, class, size, etag,
                          last_modified, content_md5, tier, first_scan_number, last_scan_number,
                          listed_number)
                      select ?, ?, n.path, n.folder, n.class, n.size, n.etag, n.modified,
                             decode(n.md5, 'hex'), n.tier, ?, ?, ?
                      from unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[],
                          ?::timestamptz[], ?::text[], ?::text[])
                          as n(path, folder, class, size, etag, modified, md5, tier)
                      on conflict (tenant_id, source_id, path_head, path_key) do update
                        -- Sets what a generated column is made of: where none is, PostgreSQL 18 prepares
                        -- all of them anew for every row, which takes longer than the update itself.
                        set folder = excluded.folder, size = excluded.size, etag = excluded.etag, class = excluded.class,
                            last_modified = excluded.last_modified,
                            content_md5 = excluded.content_md5, tier = excluded.tier,
                            content_version = f.content_version
                                + case when f.etag <> excluded.etag
                                        and (f.size <> excluded.size
                                             or f.content_md5 <> excluded.content_md5)
                                       then 1 else 0 end,
                            content_open = case
                                when f.etag = excluded.etag then f.content_open
                                when f.size <> excluded.size then false
                                when f.content_md5 = excluded.content_md5 then f.content_open
                                else f.content_md5 is null or excluded.content_md5 is null end,
                            back_number = case when f.state = 'MISSING' then excluded.listed_number
                                               else f.back_number end,
                            state = 'PRESENT',
                            -- A failed scan may go on after a newer one.
                            last_scan_number = greatest(f.last_scan_number, excluded.last_scan_number),
                            listed_number = greatest(f.listed_number, excluded.listed_number)
                      returning old.id is null as added, old.etag <> new.etag as changed,
                          old.state = 'MISSING' as back)
                      select count(*) filter (where added), count(*) filter (where changed),
                             count(*) filter (where back) from seen
                      """);
              statement.setObject(1, scan.tenantId());
              statement.setObject(2, scan.sourceId());
              statement.setInt(3, scan.number());
              statement.setInt(4, scan.number());
              statement.setInt(5, scan.number());
              bind(connection, statement, files);
              return statement;
            },
            (row, n) -> new Difference(row.getLong(1), row.getLong(2), row.getLong(3)));
    return difference.getFirst();
  }

  private static void bind(
      Connection connection, java.sql.PreparedStatement statement, List<ListedFile> files)
      throws java.sql.SQLException {
    int at = 6;
    at = text(connection, statement, at, files.stream().map(ListedFile::path).toList());
    at = text(connection, statement, at, files.stream().map(f -> folderOf(f.path())).toList());
    at =
        text(
            connection,
            statement,
            at,
            files.stream().map(f -> FileClass.of(f.path()).name()).toList());
    statement.setArray(
        at++,
        connection.createArrayOf(
            "bigint", files.stream().map(ListedFile::size).toArray(Long[]::new)));
    at = text(connection, statement, at, files.stream().map(ListedFile::etag).toList());
    statement.setArray(
        at++,
        connection.createArrayOf(
            "timestamptz", files.stream().map(f -> Timestamp.from(f.lastModified())).toArray()));
    List<@Nullable String> digests = new ArrayList<>();
    List<@Nullable String> tiers = new ArrayList<>();
    for (ListedFile file : files) {
      byte[] md5 = file.contentMd5();
      digests.add(md5 == null ? null : java.util.HexFormat.of().formatHex(md5));
      tiers.add(file.tier());
    }
    at = text(connection, statement, at, digests);
    text(connection, statement, at, tiers);
  }

  private static int text(
      Connection connection,
      java.sql.PreparedStatement statement,
      int at,
      List<? extends @Nullable String> values)
      throws java.sql.SQLException {
    statement.setArray(at, connection.createArrayOf("text", values.toArray(String[]::new)));
    return at + 1;
  }

  /** The folder of a path with its closing slash; empty at the root. */
  static String folderOf(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }
}
