package io.dorsal.work;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets what is recorded of work after 400 days: runs of jobs with their steps, events, and lines
 * of scans. The oldest come first, a bounded part at a time. Thread-safe.
 */
@Component
public class RecordSweep {

  private static final Logger log = LoggerFactory.getLogger(RecordSweep.class);

  /** Few, for what points to a run is looked for without an index. */
  private static final int RUNS = 100;

  private static final int ROWS = 20_000;
  private static final String OLD = " < now() - interval '400 days'";

  /** What a run consists of, in an order that leaves nothing pointing to nothing. */
  private static final List<String> PARTS_OF_RUNS =
      List.of(
          """
          delete from batch.batch_step_execution_context where step_execution_id in
            (select step_execution_id from batch.batch_step_execution
             where job_execution_id in (:runs))
          """,
          "delete from batch.batch_step_execution where job_execution_id in (:runs)",
          "delete from batch.batch_job_execution_context where job_execution_id in (:runs)",
          "delete from batch.batch_job_execution_params where job_execution_id in (:runs)",
          "delete from batch.batch_job_execution where job_execution_id in (:runs)");

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  RecordSweep(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Forgets at most 100 runs, and 20,000 events and lines each; what is left goes the next time.
   * What processes showed of themselves is forgotten a day after they died, which fields a change
   * changed after 30 days.
   */
  public void forgetOld() {
    Tenancy.run(
        Sweeper.LEFTOVERS,
        () -> {
          transaction.executeWithoutResult(status -> forgetRuns());
          forgetRows("event");
          forgetRows("scan_log");
          forgetLost();
          forgetSteps();
        });
  }

  private void forgetRuns() {
    // Numbers grow with time: nothing younger has to be looked at.
    List<Long> runs =
        jdbc.sql(
                """
                select job_execution_id from
                  (select job_execution_id, coalesce(end_time, last_updated, create_time) as at
                   from batch.batch_job_execution order by job_execution_id limit :most) oldest
                where at"""
                    + OLD)
            .param("most", RUNS)
            .query(Long.class)
            .list();
    if (runs.isEmpty()) {
      return;
    }
    List<Long> instances =
        jdbc.sql(
                "select distinct job_instance_id from batch.batch_job_execution"
                    + " where job_execution_id in (:runs)")
            .param("runs", runs)
            .query(Long.class)
            .list();
    PARTS_OF_RUNS.forEach(part -> jdbc.sql(part).param("runs", runs).update());
    jdbc.sql(
            """
            delete from batch.batch_job_instance i where job_instance_id in (:instances)
              and not exists (select from batch.batch_job_execution e
                where e.job_instance_id = i.job_instance_id)
            """)
        .param("instances", instances)
        .update();
    log.info("Forgot {} runs of jobs that are over 400 days old", runs.size());
  }

  /** Nobody took over for a day: what it was at came to its end another way. */
  private void forgetLost() {
    jdbc.sql("delete from running_task where heartbeat_at < now() - interval '1 day'").update();
  }

  /** Nobody edits for longer than 30 days. */
  private void forgetSteps() {
    jdbc.sql(
            """
            delete from version_step where ctid = any(array(
              select ctid from version_step where at < now() - interval '30 days'
              order by at limit :most))
            """)
        .param("most", ROWS)
        .update();
  }

  private void forgetRows(String table) {
    int gone =
        jdbc.sql(
                "delete from %1$s where id in (select id from (select id, at from %1$s order by id limit %2$d) oldest where at%3$s)"
                    .formatted(table, ROWS, OLD))
            .update();
    if (gone > 0) {
      log.info("Forgot {} rows of {} that are over 400 days old", gone, table);
    }
  }
}
