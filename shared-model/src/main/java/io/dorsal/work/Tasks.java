package io.dorsal.work;

import io.dorsal.access.DatabaseTimes;
import io.dorsal.access.Uuid7;
import io.dorsal.operations.Instance;
import io.dorsal.operations.TraceContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Shows operators what processes are at that takes its time and needs no lease: it may be done
 * twice. Showing never fails the work. All times are the database's. Thread-safe; to be used
 * outside of transactions, so that others see it while it goes on.
 */
@Component
public class Tasks implements WorkAtHand, DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(Tasks.class);
  private static final int MOST = 1_000;

  private final JdbcClient jdbc;
  private final WorkSettings settings;
  private final Set<UUID> open = ConcurrentHashMap.newKeySet();
  private @Nullable ScheduledExecutorService timer;

  Tasks(JdbcClient jdbc, WorkSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /**
   * Shows that this process begins; who was at it before is shown no more.
   *
   * @param id what is worked on
   * @param tenantId whose; the nil UUID for the platform's
   * @return to be closed at the end, however it ends
   */
  public Task begin(RunningJob.Kind kind, UUID id, UUID tenantId) {
    UUID start = Uuid7.next();
    write(
        """
        insert into running_task (kind, id, of_tenant, start, worker, trace_id)
        values (:kind, :id, :tenant, :start, :worker, :trace)
        on conflict (kind, id) do update
          set start = excluded.start, worker = excluded.worker, trace_id = excluded.trace_id,
              since = default, heartbeat_at = default, checkpoint_at = null, done = 0,
              starts = running_task.starts + 1
        """,
        Map.of(
            "kind",
            kind.name(),
            "id",
            id,
            "tenant",
            tenantId,
            "start",
            start,
            "worker",
            Instance.id(),
            "trace",
            TraceContext.current().traceId()));
    open.add(start);
    beats();
    return new Task(this, start);
  }

  void progress(UUID start, long done, boolean kept) {
    write(
        """
        update running_task
        set done = :done, heartbeat_at = clock_timestamp(),
            checkpoint_at = case when :kept then clock_timestamp() else checkpoint_at end
        where start = :start
        """,
        Map.of("done", done, "kept", kept, "start", start));
  }

  void end(UUID start) {
    open.remove(start);
    write("delete from running_task where start = :start", Map.of("start", start));
  }

  private void write(String sql, Map<String, ?> values) {
    try {
      jdbc.sql(sql).params(values).update();
    } catch (DataAccessException | TransactionException e) {
      log.warn("What this process is at could not be shown", e);
    }
  }

  private synchronized void beats() {
    if (timer == null) {
      timer =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("tasks").factory());
      long every = settings.heartbeat().toMillis();
      var _ = timer.scheduleWithFixedDelay(this::beat, every, every, TimeUnit.MILLISECONDS);
    }
  }

  private void beat() {
    for (UUID start : open) {
      write(
          "update running_task set heartbeat_at = clock_timestamp() where start = :start",
          Map.of("start", start));
    }
  }

  @Override
  public List<RunningJob> atHand(@Nullable UUID tenantId, @Nullable UUID of) {
    return jdbc.sql(
            """
            select t.*, heartbeat_at < clock_timestamp() - make_interval(secs => :stale) as stale
            from running_task t
            where (cast(:tenant as uuid) is null or of_tenant = :tenant)
              and (cast(:of as uuid) is null or id = :of)
            order by since, id limit :most
            """)
        .param("stale", settings.staleAfter().toMillis() / 1000.0)
        .param("tenant", tenantId)
        .param("of", of)
        .param("most", MOST)
        .query((row, _) -> job(row))
        .list();
  }

  private static RunningJob job(ResultSet row) throws SQLException {
    var kind = RunningJob.Kind.valueOf(row.getString("kind"));
    UUID id = row.getObject("id", UUID.class);
    boolean patterns = kind == RunningJob.Kind.PATTERNS;
    return new RunningJob(
        patterns ? id + ".patterns" : id.toString(),
        kind,
        row.getObject("of_tenant", UUID.class),
        patterns ? id : null,
        null,
        null,
        row.getBoolean("stale") ? WorkerStatus.LOST : WorkerStatus.ACTIVE,
        row.getString("worker"),
        DatabaseTimes.instant(row, "since"),
        DatabaseTimes.instant(row, "heartbeat_at"),
        row.getLong("done"),
        null,
        kind.unit(),
        DatabaseTimes.instant(row, "checkpoint_at"),
        row.getInt("starts"),
        row.getString("trace_id"));
  }

  @Override
  public synchronized void destroy() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }
}
