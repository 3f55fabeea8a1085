package io.dorsal.discovery;

import io.dorsal.operations.Redactor;
import io.dorsal.work.RunningJob;
import io.dorsal.work.WorkAtHand;
import io.dorsal.work.WorkSettings;
import io.dorsal.work.WorkerStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is at work on scans, by scan and partition: who, where, since when and how far. */
@Component
class ScansAtHand implements WorkAtHand {

  /** Listing and every partition not done, of scans at work. */
  private static final String WORK =
      """
      with piece as (
        select s.id as scan_id, null::integer as number, 'scan/' || s.id as resource,
               p.listed as done, null::bigint as total, 0 as starts
        from scan s join scan_progress p on p.scan_id = s.id
        where s.state in ('REQUESTED', 'LISTING')
        union all
        select s.id, p.number, 'scan/' || s.id || '/' || p.number,
               p.next_ordinal - p.first_ordinal, p.last_ordinal - p.first_ordinal + 1, p.starts
        from scan s join scan_partition p on p.scan_id = s.id
        where s.state in ('LISTING', 'INSPECTING') and p.state <> 'DONE')
      select piece.*, s.tenant_id, src.name as source, split_part(s.trace_parent, '-', 2) as trace,
             split_part(l.holder, '/', 1) as worker, l.heartbeat_at,
             l.heartbeat_at < clock_timestamp() - make_interval(secs => :stale) as stale,
             e.start_time, e.last_updated
      from piece
        join scan s on s.id = piece.scan_id
        join source src on src.id = s.source_id
        left join lease l on l.resource = piece.resource and l.holder is not null
        left join lateral (
          select x.start_time, t.last_updated
          from batch.batch_job_execution_params q
            join batch.batch_job_execution x on x.job_execution_id = q.job_execution_id
            join batch.batch_job_instance i on i.job_instance_id = x.job_instance_id
            left join batch.batch_step_execution t on t.job_execution_id = x.job_execution_id
          where q.parameter_name = 'scan' and q.parameter_value = piece.scan_id::text
            and (piece.number is null and i.job_name = 'listSource'
              or exists (select 1 from batch.batch_job_execution_params n
                where n.job_execution_id = x.job_execution_id and n.parameter_name = 'partition'
                  and n.parameter_value = piece.number::text))
          order by x.job_execution_id desc, t.step_execution_id desc limit 1) e on true
      where (cast(:tenant as uuid) is null or s.tenant_id = :tenant)
        and (cast(:of as uuid) is null or piece.scan_id = :of)
      order by piece.scan_id, piece.number nulls first limit 1000
      """;

  private final JdbcClient jdbc;
  private final WorkSettings settings;

  ScansAtHand(JdbcClient jdbc, WorkSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  @Override
  public List<RunningJob> atHand(@Nullable UUID tenantId, @Nullable UUID of) {
    return jdbc.sql(WORK)
        .param("stale", settings.staleAfter().toMillis() / 1000.0)
        .param("tenant", tenantId)
        .param("of", of)
        .query((row, n) -> job(row))
        .list();
  }

  private static RunningJob job(ResultSet row) throws SQLException {
    UUID scan = row.getObject("scan_id", UUID.class);
    int number = row.getInt("number");
    boolean listing = row.wasNull();
    long total = row.getLong("total");
    boolean open = row.wasNull();
    String worker = row.getString("worker");
    return new RunningJob(
        listing ? scan.toString() : scan + "." + number,
        listing ? RunningJob.Kind.LIST : RunningJob.Kind.INSPECT,
        row.getObject("tenant_id", UUID.class),
        scan,
        listing ? null : number,
        row.getString("source"),
        worker == null
            ? WorkerStatus.QUEUED
            : row.getBoolean("stale") ? WorkerStatus.LOST : WorkerStatus.ACTIVE,
        worker,
        local(row.getTimestamp("start_time")),
        instant(row.getTimestamp("heartbeat_at")),
        row.getLong("done"),
        open ? null : total,
        RunningJob.Unit.FILES,
        local(row.getTimestamp("last_updated")),
        row.getInt("starts"),
        row.getString("trace"));
  }

  @Override
  public List<RunningJob.Attempt> attempts(RunningJob job) {
    Integer partition = job.partition();
    return jdbc.sql(
            """
            select x.job_execution_id, x.status, x.start_time, x.end_time,
                   coalesce(sum(t.commit_count), 0) as commits,
                   coalesce(sum(t.rollback_count), 0) as rollbacks,
                   coalesce(sum(t.write_count), 0) as written,
                   split_part(coalesce(max(t.exit_message), x.exit_message), E'\\n', 1) as failure
            from batch.batch_job_execution_params q
              join batch.batch_job_execution x on x.job_execution_id = q.job_execution_id
              join batch.batch_job_instance i on i.job_instance_id = x.job_instance_id
              left join batch.batch_step_execution t on t.job_execution_id = x.job_execution_id
            where q.parameter_name = 'scan' and q.parameter_value = :scan
              and (cast(:partition as text) is null and i.job_name = 'listSource'
                or exists (select 1 from batch.batch_job_execution_params n
                  where n.job_execution_id = x.job_execution_id
                    and n.parameter_name = 'partition' and n.parameter_value = :partition))
            group by x.job_execution_id order by x.job_execution_id desc limit 50
            """)
        .param("scan", String.valueOf(job.scanId()))
        .param("partition", partition == null ? null : partition.toString())
        .query(
            (row, n) ->
                new RunningJob.Attempt(
                    row.getLong(1),
                    row.getString(2),
                    local(row.getTimestamp(3)),
                    local(row.getTimestamp(4)),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    failure(row.getString(8))))
        .list();
  }

  private static @Nullable String failure(@Nullable String line) {
    return line == null || line.isBlank() ? null : Redactor.redact(line);
  }

  private static @Nullable Instant instant(@Nullable Timestamp at) {
    return at == null ? null : at.toInstant();
  }

  /** Spring Batch writes the clock of the worker's zone, without the zone. */
  private static @Nullable Instant local(@Nullable Timestamp at) {
    return at == null ? null : at.toLocalDateTime().atZone(ZoneId.systemDefault()).toInstant();
  }
}
