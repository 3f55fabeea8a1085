package io.dorsal.operations;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The processes of this deployment: each shows every 30 s that it lives, and is forgotten a day
 * after it stopped doing so. Thread-safe.
 */
@Component
public class Instances implements SmartLifecycle, Sampler {

  private static final Logger log = LoggerFactory.getLogger(Instances.class);
  private static final Duration BEAT = Duration.ofSeconds(30);

  private final JdbcClient jdbc;
  private final String role;
  private final Readiness readiness;
  private final java.time.Instant startedAt = java.time.Instant.now();
  private volatile boolean running;
  private volatile boolean shown;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("instance").factory());

  Instances(JdbcClient jdbc, Readiness readiness, Environment environment) {
    this.readiness = readiness;
    this.jdbc = jdbc;
    this.role = Metrics.role(environment);
  }

  /**
   * One process.
   *
   * @param ready what it said of itself when it was seen
   * @param lost whether it has not shown itself for 90 s
   */
  public record Running(
      String id,
      String role,
      String version,
      boolean ready,
      java.time.Instant startedAt,
      java.time.Instant seenAt,
      boolean lost) {}

  /** All of the last day, by role and name. */
  public List<Running> list() {
    return jdbc.sql(
            """
            select id, role, version, ready, started_at, seen_at,
                   seen_at < now() - interval '90 seconds' as lost
            from instance order by role, id
            """)
        .query(Running.class)
        .list();
  }

  /** Those that live and are ready, by role. */
  @Override
  public List<Sample> sample() {
    return jdbc.sql(
            """
            select r.role, count(i.id)
            from (values ('functions'), ('worker'), ('edge')) r(role)
              left join instance i on i.role = r.role and i.ready
                and i.seen_at > now() - interval '90 seconds'
            group by r.role
            """)
        .query((row, n) -> Sample.of(Metric.READY, row.getInt(2), row.getString(1)))
        .list();
  }

  @Override
  public void start() {
    running = true;
    var _ = timer.scheduleWithFixedDelay(this::beat, 0, BEAT.toSeconds(), TimeUnit.SECONDS);
  }

  private void beat() {
    try {
      jdbc.sql(
              """
              insert into instance (id, role, version, ready, started_at, seen_at)
              values (:id, :role, :version, :ready, :started, now())
              on conflict (id, role) do update
                set version = excluded.version, ready = excluded.ready,
                  started_at = excluded.started_at, seen_at = now()
              """)
          .param("id", Instance.id())
          .param("role", role)
          .param("version", Build.current().version())
          .param("ready", readiness.now().status() != Readiness.Status.NOT_READY)
          .param("started", java.sql.Timestamp.from(startedAt))
          .update();
      shown = true;
      jdbc.sql("delete from instance where seen_at < now() - interval '1 day'").update();
    } catch (DataAccessException | TransactionException e) {
      // Readiness tells of it; the next beat comes.
      log.debug("This instance could not show itself", e);
    }
  }

  /** Leaves at once, so that nobody takes it for lost. */
  @Override
  public void stop() {
    running = false;
    timer.shutdownNow();
    if (!shown) {
      return;
    }
    try {
      jdbc.sql("delete from instance where id = :id and role = :role")
          .param("id", Instance.id())
          .param("role", role)
          .update();
    } catch (DataAccessException | TransactionException e) {
      log.debug("This instance could not say goodbye", e);
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stops last, with the database still there. */
  @Override
  public int getPhase() {
    return 0;
  }
}
