package io.dorsal.discovery;

import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.work.Leases;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How workers take partitions up and finish them. Thread-safe. */
@Component
public class PartitionWork {

  private static final Logger log = LoggerFactory.getLogger(PartitionWork.class);

  /** Deaths and failures in the same chunk after which its files are taken one by one. */
  private static final int DEATHS = 2;

  private final JdbcTemplate template;
  private final JdbcClient jdbc;
  private final ScanRows scans;
  private final ScanStates states;
  private final Settlement settlement;
  private final Leases leases;
  private final ProgressLines lines;
  private final Shots shots;
  private final Clock clock;

  PartitionWork(
      JdbcTemplate template,
      ScanRows scans,
      ScanStates states,
      Settlement settlement,
      Leases leases,
      ProgressLines lines,
      Shots shots,
      Clock clock) {
    this.template = template;
    this.jdbc = JdbcClient.create(template);
    this.scans = scans;
    this.states = states;
    this.settlement = settlement;
    this.leases = leases;
    this.lines = lines;
    this.shots = shots;
    this.clock = clock;
  }

  /**
   * Takes a partition up at its checkpoint. A file that was at work, singly, when its worker died
   * is marked.
   *
   * @param tookOver whether the worker before died at it
   * @return empty where the partition is done
   */
  @Transactional
  public Optional<ScanPartition> begin(UUID scanId, int number, boolean tookOver) {
    if (tookOver) {
      jdbc.sql(
              """
              update scan_item set crashed = true
              where scan_id = :scan and ordinal =
                (select suspect from scan_partition where scan_id = :scan and number = :number)
              """)
          .param("scan", scanId)
          .param("number", number)
          .update();
    }
    return jdbc.sql(
            """
            update scan_partition p
            set state = 'RUNNING', suspect = null, starts = starts + :died
            from scan_progress s
            where p.scan_id = :scan and p.number = :number and p.state <> 'DONE'
              and s.scan_id = p.scan_id
            returning p.next_ordinal, p.last_ordinal, s.partitions_total, p.starts >= :deaths, s.inspected
            """)
        .param("scan", scanId)
        .param("number", number)
        .param("died", tookOver ? 1 : 0)
        .param("deaths", DEATHS)
        .query(
            (row, n) -> {
              lines.began(scanId, row.getLong(5));
              return new ScanPartition(
                  scanId, number, row.getLong(1), row.getLong(2), row.getInt(3), row.getBoolean(4));
            })
        .optional();
  }

  /** Work on the chunk at hand failed, which counts as a death: it may be one file's fault. */
  public void failed(UUID scanId, int number) {
    jdbc.sql(
            """
            update scan_partition set starts = starts + 1
            where scan_id = :scan and number = :number and state <> 'DONE'
            """)
        .param("scan", scanId)
        .param("number", number)
        .update();
  }

  /**
   * The files of a partition from an ordinal on, in order, which are now read in the caller's
   * transaction.
   */
  public List<PartitionItem> items(UUID scanId, long from, long last, int limit) {
    StandingStill.allow(template);
    return jdbc.sql(
            """
            select i.ordinal, f.id, f.path, f.size, f.etag, f.class, f.tier, i.crashed
            from scan_item i join found_file f on f.id = i.file_id
            where i.scan_id = :scan and i.ordinal between :from and :last
            order by i.ordinal limit :limit
            """)
        .param("scan", scanId)
        .param("from", from)
        .param("last", last)
        .param("limit", limit)
        .query(
            (row, n) ->
                new PartitionItem(
                    row.getLong(1),
                    row.getObject(2, UUID.class),
                    row.getString(3),
                    row.getLong(4),
                    row.getString(5),
                    FileClass.valueOf(row.getString(6)),
                    "Archive".equals(row.getString(7)),
                    row.getBoolean(8)))
        .list();
  }

  /**
   * Remembers which file is at work, in a transaction of its own, so that a death tells whose fault
   * it was.
   */
  public void suspect(UUID scanId, int number, long ordinal) {
    jdbc.sql(
            "update scan_partition set suspect = :ordinal where scan_id = :scan and number ="
                + " :number")
        .param("scan", scanId)
        .param("number", number)
        .param("ordinal", ordinal)
        .update();
  }

  /**
   * Ends a partition in the caller's transaction; the one that finishes last completes the scan.
   *
   * @throws IllegalStateException where files of it are left
   */
  @Transactional
  public void finish(UUID scanId, int number) {
    int finished =
        jdbc.sql(
                """
                update scan_partition set state = 'DONE'
                where scan_id = :scan and number = :number and state <> 'DONE'
                  and next_ordinal > last_ordinal
                """)
            .param("scan", scanId)
            .param("number", number)
            .update();
    if (finished == 0) {
      requireDone(scanId, number);
      return;
    }
    boolean last =
        jdbc.sql(
                """
                update scan_progress
                set partitions_done = partitions_done + 1, last_progress_at = now()
                where scan_id = :scan returning partitions_done = partitions_total
                """)
            .param("scan", scanId)
            .query(Boolean.class)
            .single();
    if (last) {
      Scan scan = scans.findById(scanId).orElseThrow();
      if (scan.state() != ScanState.INSPECTING) {
        throw new ScanNotActiveException(scanId);
      }
      settlement.settle(scan);
      shots.settleAll(scan);
      states.changed(scan, scan.complete(clock.instant()));
      jdbc.sql("delete from scan_item where scan_id = :scan").param("scan", scanId).update();
      leases.forget(scanId);
      log.info("Scan completed scan={}", scanId);
    }
  }

  private void requireDone(UUID scanId, int number) {
    var open =
        jdbc.sql(
                """
                select next_ordinal || ' of ' || last_ordinal from scan_partition
                where scan_id = :scan and number = :number and state <> 'DONE'
                """)
            .param("scan", scanId)
            .param("number", number)
            .query(String.class)
            .optional();
    if (open.isPresent()) {
      throw new IllegalStateException(
          "Partition " + number + " ended at " + open.get() + " scan=" + scanId + ".");
    }
  }

  /** Marks a partition that failed as often as its queue allows. */
  @Transactional
  public void poisoned(UUID scanId, int number) {
    jdbc.sql(
            """
            update scan_partition set state = 'POISONED'
            where scan_id = :scan and number = :number and state <> 'DONE'
            """)
        .param("scan", scanId)
        .param("number", number)
        .update();
  }
}
