package io.dorsal.discovery;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The records of fires; kept for 400 days, as scans are. Thread-safe. */
@Component
class ScheduleRunRows {

  private final JdbcClient jdbc;

  ScheduleRunRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(SourceSchedule schedule, ScheduleRun run) {
    jdbc.sql(
            """
            insert into schedule_run
                (id, tenant_id, source_id, due_at, fired_at, outcome, missed, scan_id)
            values (:id, :tenant, :source, :due, :fired, :outcome, :missed, :scan)
            """)
        .param("id", run.id())
        .param("tenant", schedule.tenantId())
        .param("source", schedule.sourceId())
        .param("due", Timestamp.from(run.dueAt()))
        .param("fired", Timestamp.from(run.firedAt()))
        .param("outcome", run.outcome().name())
        .param("missed", run.missed())
        .param("scan", run.scanId())
        .update();
  }

  /** The newest first. */
  ResultPage<ScheduleRun> of(UUID sourceId, @Nullable UUID before, int limit) {
    List<ScheduleRun> found =
        jdbc.sql(
                """
                select id, due_at, fired_at, outcome, missed, scan_id from schedule_run
                where source_id = :source
                  and (cast(:before as uuid) is null or (fired_at, id) <
                       (select fired_at, id from schedule_run where id = :before))
                order by fired_at desc, id desc limit :limit
                """)
            .param("source", sourceId)
            .param("before", before)
            .param("limit", limit + 1)
            .query(ScheduleRun.class)
            .list();
    boolean more = found.size() > limit;
    List<ScheduleRun> shown = more ? found.subList(0, limit) : found;
    return new ResultPage<>(shown, more ? shown.getLast().id().toString() : null);
  }

  int forgetBefore(Instant moment) {
    return jdbc.sql("delete from schedule_run where fired_at < :moment")
        .param("moment", Timestamp.from(moment))
        .update();
  }
}
