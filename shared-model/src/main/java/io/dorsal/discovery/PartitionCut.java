package io.dorsal.discovery;

import io.dorsal.work.Outbox;
import io.dorsal.work.OutboxMessage;
import io.dorsal.work.Queues;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Cuts what a scan has to inspect into partitions of 10,000 files in path order and hands each to
 * the workers. All in the caller's transaction. Thread-safe.
 */
@Component
public class PartitionCut {

  /** Files per partition. */
  public static final int SIZE = 10_000;

  private static final Logger log = LoggerFactory.getLogger(PartitionCut.class);

  /** Files from which on statistics are brought up to date: fewer are gone through in no time. */
  private static final int MANY = 1_000;

  private final JdbcClient jdbc;
  private final ScanRows scans;
  private final ScanStates states;
  private final FolderCounts folders;
  private final Settlement settlement;
  private final Outbox outbox;
  private final Shots shots;
  private final Clock clock;

  PartitionCut(
      JdbcClient jdbc,
      ScanRows scans,
      ScanStates states,
      FolderCounts folders,
      Settlement settlement,
      Outbox outbox,
      Shots shots,
      Clock clock) {
    this.jdbc = jdbc;
    this.scans = scans;
    this.states = states;
    this.folders = folders;
    this.settlement = settlement;
    this.outbox = outbox;
    this.shots = shots;
    this.clock = clock;
  }

  /**
   * Ends the listing: INSPECTING with its partitions sent, or COMPLETED where nothing is to be
   * read. On a resumed scan whose partitions exist, only the unfinished ones are sent again.
   */
  public void run(Scan listing) {
    Scan scan = scans.findById(listing.id()).orElseThrow();
    if (scan.state() != ScanState.LISTING) {
      throw new ScanNotActiveException(scan.id());
    }
    if (scan.listedAt() == null) {
      folders.count(scan);
      cut(scan);
    }
    Integer open =
        jdbc.sql("select count(*) from scan_partition where scan_id = :scan and state <> 'DONE'")
            .param("scan", scan.id())
            .query(Integer.class)
            .single();
    if (open == 0) {
      settlement.settle(scan);
      shots.settleAll(scan);
    }
    states.changed(scan, scan.listed(open > 0, clock.instant()));
    send(scan);
  }

  private void cut(Scan scan) {
    // Canceled scans left theirs behind.
    jdbc.sql(
            """
            delete from scan_item where scan_id in
              (select id from scan where source_id = :source and state = 'CANCELED')
            """)
        .param("source", scan.sourceId())
        .update();
    int toInspect =
        jdbc.sql(
                """
                insert into scan_item (tenant_id, scan_id, ordinal, file_id)
                select :tenant, :scan, row_number() over (order by f.path_head, f.path), f.id
                from found_file f left join file_inspection i on i.file_id = f.id
                where f.source_id = :source and f.last_scan_number = :number
                  and f.class in (:classes) and f.class <> 'OTHER'
                  and (:all or i.file_id is null or i.etag <> f.etag
                       -- Why it could not be read is forgotten.
                       or (i.outcome = 'UNREADABLE' and i.code is null)
                       -- Rehydrating changes no ETag.
                       or (i.code = 'ARCHIVED' and f.tier is distinct from 'Archive'))
                """)
            .param("tenant", scan.tenantId())
            .param("scan", scan.id())
            .param("source", scan.sourceId())
            .param("number", scan.number())
            .param("classes", scan.classes())
            .param("all", scan.mode() == ScanMode.FULL || scan.reinspect())
            .update();
    if (toInspect >= MANY) {
      // To its statistics a new source has no rows; what reads a few would go through all of them.
      jdbc.sql("analyze found_file, scan_item").update();
    }
    int partitions = (toInspect + SIZE - 1) / SIZE;
    jdbc.sql(
            """
            insert into scan_partition
                (scan_id, number, tenant_id, first_ordinal, last_ordinal, next_ordinal, state)
            select :scan, k, :tenant, (k - 1) * :size + 1, least(k * :size, :count),
                   (k - 1) * :size + 1, 'READY'
            from generate_series(1, cast(:partitions as bigint)) k
            """)
        .param("scan", scan.id())
        .param("tenant", scan.tenantId())
        .param("size", SIZE)
        .param("count", toInspect)
        .param("partitions", partitions)
        .update();
    int inspectable =
        jdbc.sql(
                """
                select count(*) from found_file
                where source_id = :source and last_scan_number = :number
                  and class in (:classes) and class <> 'OTHER'
                """)
            .param("source", scan.sourceId())
            .param("number", scan.number())
            .param("classes", scan.classes())
            .query(Integer.class)
            .single();
    jdbc.sql(
            """
            update scan_progress set to_inspect = :count, reused = :reused,
                partitions_total = :partitions, last_progress_at = now()
            where scan_id = :scan
            """)
        .param("count", toInspect)
        .param("reused", inspectable - toInspect)
        .param("partitions", partitions)
        .param("scan", scan.id())
        .update();
    log.info("Listing complete: {} files to inspect scan={}", toInspect, scan.id());
  }

  private void send(Scan scan) {
    jdbc.sql(
            """
            update scan_partition set state = 'READY', starts = 0
            where scan_id = :scan and state <> 'DONE'
            """)
        .param("scan", scan.id())
        .update();
    List<OutboxMessage> messages =
        jdbc
            .sql(
                """
                select number from scan_partition where scan_id = :scan and state <> 'DONE'
                order by number
                """)
            .param("scan", scan.id())
            .query(Integer.class)
            .list()
            .stream()
            .map(number -> message(scan, number))
            .toList();
    if (!messages.isEmpty()) {
      outbox.add(messages);
    }
  }

  private static OutboxMessage message(Scan scan, int number) {
    return OrderMessages.of(scan, number, Queues.SCAN_PARTITIONS, scan.messageId() + "-p" + number);
  }
}
