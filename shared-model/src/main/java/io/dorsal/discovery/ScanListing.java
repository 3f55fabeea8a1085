package io.dorsal.discovery;

import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.sources.ListedFile;
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

  ScanListing(JdbcTemplate jdbc, ScanProgressRows progress, ScanLog scanLog) {
    this.jdbc = jdbc;
    this.progress = progress;
    this.scanLog = scanLog;
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
    for (ListedFile file : page.files()) {
      if (wanted(scan, include, exclude, file)) {
        found.put(file.path(), file);
      }
    }
    upsert(scan, List.copyOf(found.values()));
    int ended = page.next() == null ? 1 : 0;
    Long listed =
        jdbc.queryForObject(
            """
            update scan_progress
            set listed = listed + ?, excluded = excluded + ?, list_token = ?,
                list_root = list_root + ?, list_complete = list_root + ? >= ?,
                last_progress_at = now()
            where scan_id = ? returning listed
            """,
            Long.class,
            found.size(),
            page.files().size() - found.size(),
            page.next(),
            ended,
            ended,
            scan.roots().size(),
            scan.id());
    if (listed != null && listed > MOST_FILES) {
      throw new SourceTooLargeException();
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

  private void upsert(Scan scan, List<ListedFile> files) {
    if (files.isEmpty()) {
      return;
    }
    jdbc.update(
        connection -> {
          var statement =
              connection.prepareStatement(
                  """
                  insert into found_file as f (tenant_id, source_id, path, folder, class, size, etag,
                      last_modified, content_md5, tier, first_scan_number, last_scan_number)
                  select ?, ?, n.path, n.folder, n.class, n.size, n.etag, n.modified,
                         decode(n.md5, 'hex'), n.tier, ?, ?
                  from unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[],
                      ?::timestamptz[], ?::text[], ?::text[])
                      as n(path, folder, class, size, etag, modified, md5, tier)
                  on conflict (source_id, left(path, 500), path_key) do update
                    set size = excluded.size, etag = excluded.etag, class = excluded.class,
                        last_modified = excluded.last_modified,
                        content_md5 = excluded.content_md5, tier = excluded.tier,
                        content_version = f.content_version
                            + case when f.etag <> excluded.etag
                                    and (f.size <> excluded.size
                                         or f.content_md5 is distinct from excluded.content_md5)
                                   then 1 else 0 end,
                        state = 'PRESENT', last_scan_number = excluded.last_scan_number
                  """);
          statement.setObject(1, scan.tenantId());
          statement.setObject(2, scan.sourceId());
          statement.setInt(3, scan.number());
          statement.setInt(4, scan.number());
          bind(connection, statement, files);
          return statement;
        });
  }

  private static void bind(
      Connection connection, java.sql.PreparedStatement statement, List<ListedFile> files)
      throws java.sql.SQLException {
    int at = 5;
    at = text(connection, statement, at, files.stream().map(ListedFile::path).toList());
    at = text(connection, statement, at, files.stream().map(f -> folderOf(f.path())).toList());
    at =
        text(
            connection,
            statement,
            at,
            files.stream().map(f -> FileClass.of(f.path()).name()).toList());
    statement.setArray(
        at++, connection.createArrayOf("bigint", files.stream().map(ListedFile::size).toArray()));
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
    statement.setArray(at, connection.createArrayOf("text", values.toArray()));
    return at + 1;
  }

  /** The folder of a path with its closing slash; empty at the root. */
  static String folderOf(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }
}
