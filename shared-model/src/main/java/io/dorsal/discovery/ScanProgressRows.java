package io.dorsal.discovery;

import io.dorsal.access.Caller;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The counters of scans, changed by statements that add, never by loading and saving. */
@Component
class ScanProgressRows {

  private final JdbcClient jdbc;
  private final ScanRows scans;

  ScanProgressRows(JdbcClient jdbc, ScanRows scans) {
    this.jdbc = jdbc;
    this.scans = scans;
  }

  void create(Scan scan) {
    jdbc.sql("insert into scan_progress (scan_id, tenant_id) values (:scan, :tenant)")
        .param("scan", scan.id())
        .param("tenant", scan.tenantId())
        .update();
  }

  ScanProgress of(UUID scanId) {
    return jdbc.sql(
            """
            select scan_id, list_root, list_token, list_complete, listed, excluded, to_inspect, inspected, reused, unreadable,
                   issues, bytes_read, added, changed, moved, missing, partitions_total, partitions_done,
                   rate_per_s as rate_per_second, last_progress_at
            from scan_progress where scan_id = :scan
            """)
        .param("scan", scanId)
        .query(ScanProgress.class)
        .single();
  }

  /**
   * The scan as it is once every commit under way has ended; none begins before this transaction
   * has.
   */
  Scan locked(Scan scan) {
    jdbc.sql("select 1 from scan where id = :scan for update")
        .param("scan", scan.id())
        .query(Integer.class)
        .single();
    return scans.findById(scan.id()).orElseThrow();
  }

  /**
   * Holds the scan in its state until the caller's transaction ends.
   *
   * @throws ScanNotActiveException where it is in another state
   */
  void require(Scan scan, ScanState state) {
    var held =
        jdbc.sql("select 1 from scan where id = :scan and state = :state for share")
            .param("scan", scan.id())
            .param("state", state.name())
            .query(Integer.class)
            .optional();
    if (held.isEmpty()) {
      throw new ScanNotActiveException(scan.id());
    }
  }

  /** Of the sources that exist for the caller; the newest first. */
  List<UUID> scanIds(
      Caller caller,
      @Nullable UUID sourceId,
      @Nullable ScanState state,
      @Nullable ScanTrigger trigger,
      @Nullable Scan before,
      int limit) {
    return jdbc.sql(
            """
            select id from scan
            where tenant_id = :tenant
              and (cast(:source as uuid) is null or source_id = :source)
              and (cast(:state as text) is null or state = :state)
              and (cast(:trigger as text) is null or trigger_kind = :trigger)
              and (cast(:populations as uuid[]) is null or source_id in (
                     select id from source where tenant_id = :tenant
                       and (population_id is null or population_id = any (cast(:populations as uuid[])))))
              and (cast(:beforeId as uuid) is null
                   or (requested_at, id) < (cast(:beforeAt as timestamptz), cast(:beforeId as uuid)))
            order by requested_at desc, id desc limit :limit
            """)
        .param("tenant", caller.tenantId())
        .param("source", sourceId)
        .param(
            "populations",
            caller.seenPopulations().map(seen -> seen.toArray(UUID[]::new)).orElse(null))
        .param("state", state == null ? null : state.name())
        .param("trigger", trigger == null ? null : trigger.name())
        .param("beforeId", before == null ? null : before.id())
        .param("beforeAt", before == null ? null : java.sql.Timestamp.from(before.requestedAt()))
        .param("limit", limit)
        .query(UUID.class)
        .list();
  }
}
