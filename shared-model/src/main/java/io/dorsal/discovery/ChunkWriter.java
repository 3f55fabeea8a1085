package io.dorsal.discovery;

import io.dorsal.operations.Metric;
import io.dorsal.operations.Metrics;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes one chunk: up to 500 results, the partition's checkpoint and the scan's counters, in the
 * caller's transaction. A chunk written by somebody else meanwhile, or a scan no longer at work,
 * refuses it whole. Thread-safe.
 */
@Component
public class ChunkWriter {

  private final JdbcTemplate jdbc;
  private final ScanProgressRows progress;
  private final InspectionRows inspections;
  private final Shots shots;
  private final ContentRows contents;
  private final ProgressLines lines;
  private final ScanLog scanLog;
  private final Metrics metrics;

  ChunkWriter(
      JdbcTemplate jdbc,
      ScanProgressRows progress,
      InspectionRows inspections,
      Shots shots,
      ContentRows contents,
      ProgressLines lines,
      ScanLog scanLog,
      Metrics metrics) {
    this.progress = progress;
    this.jdbc = jdbc;
    this.inspections = inspections;
    this.shots = shots;
    this.contents = contents;
    this.lines = lines;
    this.scanLog = scanLog;
    this.metrics = metrics;
  }

  /**
   * @param files consecutive, from the partition's checkpoint on
   * @throws ScanNotActiveException where the scan was canceled, paused or failed meanwhile
   */
  public void write(Scan scan, ScanPartition partition, List<? extends InspectedFile> files) {
    StandingStill.limit(jdbc);
    progress.require(scan, ScanState.INSPECTING);
    moveCheckpoint(partition, files.getFirst().item().ordinal(), files.getLast().item().ordinal());
    updateFiles(scan, files);
    settleContent(scan, files);
    inspections.upsert(scan, files);
    shots.unsettle(scan);
    contents.replace(scan, files);
    count(scan, partition, files);
  }

  private void moveCheckpoint(ScanPartition partition, long first, long last) {
    int moved =
        jdbc.update(
            """
            update scan_partition set next_ordinal = ?, starts = 0, suspect = null
            where scan_id = ? and number = ? and next_ordinal = ?
            """,
            last + 1,
            partition.scanId(),
            partition.number(),
            first);
    if (moved != 1) {
      throw new IllegalStateException(
          "The checkpoint of partition " + partition.number() + " is not at " + first + ".");
    }
  }

  private void updateFiles(Scan scan, List<? extends InspectedFile> files) {
    for (InspectedFile file : files) {
      var current = file.current();
      if (file.gone()) {
        jdbc.update(
            """
            update found_file set state = 'MISSING', missing_number = ?, back_number = null
            where id = ?
            """,
            scan.number(),
            file.item().fileId());
      } else if (current != null) {
        jdbc.update(
            """
            update found_file
            set content_version = content_version
                    + case when size <> ? or content_md5 <> ? then 1 else 0 end,
                content_open = case
                    when size <> ? then false
                    when content_md5 = ? then content_open
                    else content_md5 is null or cast(? as bytea) is null end,
                size = ?, etag = ?, last_modified = ?, content_md5 = ?, tier = ?
            where id = ?
            """,
            current.size(),
            current.contentMd5(),
            current.size(),
            current.contentMd5(),
            current.contentMd5(),
            current.size(),
            current.etag(),
            java.sql.Timestamp.from(current.lastModified()),
            current.contentMd5(),
            current.tier(),
            file.item().fileId());
      }
    }
  }

  /** Where listing could not tell whether content changed with the ETag, the first bytes do. */
  private void settleContent(Scan scan, List<? extends InspectedFile> files) {
    List<? extends InspectedFile> read = files.stream().filter(file -> !file.gone()).toList();
    if (scan.number() == 1 || read.isEmpty()) {
      return;
    }
    jdbc.update(
        """
        update found_file f
        set folder = f.folder, content_open = false, content_version = f.content_version
            + case when i.head_hash is not null and i.head_hash is distinct from decode(n.hash, 'hex')
                   then 1 else 0 end
        from unnest(?::uuid[], ?::text[]) as n(id, hash)
            left join file_inspection i on i.file_id = n.id
        where f.id = n.id and f.content_open
        """,
        read.stream().map(file -> file.item().fileId()).toArray(UUID[]::new),
        read.stream().map(InspectedFile::headHash).toArray(String[]::new));
  }

  private void count(Scan scan, ScanPartition partition, List<? extends InspectedFile> files) {
    long bytes = 0;
    long unreadable = 0;
    long issues = 0;
    long missing = 0;
    for (InspectedFile file : files) {
      bytes += file.inspection() == null ? 0 : file.inspection().bytesRead();
      unreadable += file.unreadable() ? 1 : 0;
      issues += file.issue() ? 1 : 0;
      missing += file.gone() ? 1 : 0;
    }
    counted((int) (files.size() - missing - unreadable), (int) unreadable, (int) missing);
    // The row stays locked until the commit, so totals, and with them the log lines, come in order.
    jdbc.query(
        """
        update scan_progress
        set inspected = inspected + ?, unreadable = unreadable + ?, issues = issues + ?,
            bytes_read = bytes_read + ?, missing = missing + ?, last_progress_at = now()
        where scan_id = ? returning inspected, to_inspect, unreadable
        """,
        row -> {
          report(scan, partition, files.size(), row);
        },
        files.size(),
        unreadable,
        issues,
        bytes,
        missing,
        scan.id());
  }

  /** What is rolled back was not inspected. */
  private void counted(int read, int unreadable, int missing) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            metrics.add(Metric.SCAN_FILES, read, "read");
            metrics.add(Metric.SCAN_FILES, unreadable, "unreadable");
            metrics.add(Metric.SCAN_FILES, missing, "missing");
          }
        });
  }

  private void report(Scan scan, ScanPartition partition, int added, java.sql.ResultSet row)
      throws SQLException {
    UUID scanId = scan.id();
    long inspected = row.getLong(1);
    long toInspect = row.getLong(2);
    long unreadable = row.getLong(3);
    ProgressLines.Rate rate = lines.observe(scanId, inspected);
    jdbc.update(
        "update scan_progress set rate_per_s = ? where scan_id = ?",
        rate.settled() ? rate.perSecond() : null,
        scanId);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void beforeCommit(boolean readOnly) {
            var step =
                new ProgressLines.Step(
                    scanId, partition, inspected - added, inspected, toInspect, unreadable, rate);
            lines.log(step).forEach(line -> scanLog.add(scan, line));
          }
        });
  }
}
