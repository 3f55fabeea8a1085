package io.dorsal.operations;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Forgets what was kept of actions after 30 days, a bounded part at a time. Thread-safe. */
@Component
public class KeptSweep {

  private static final Logger log = LoggerFactory.getLogger(KeptSweep.class);
  private static final int AT_ONCE = 20_000;

  /** A table and the column that says how old its row is. */
  private record Aging(String table, String column) {}

  private static final List<Aging> ALL =
      List.of(
          new Aging("trace_event", "started_at"),
          new Aging("request_record", "at"),
          new Aging("log_line", "at"),
          // Null while a delivery waits.
          new Aging("webhook_delivery", "ended_at"),
          // Null while a mail waits.
          new Aging("mail", "ended_at"));

  private final JdbcClient jdbc;

  KeptSweep(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Forgets at most 20,000 rows of each table; what is left goes the next time. */
  public void forgetOld() {
    Tenancy.run(Sweeper.RECORDER, () -> ALL.forEach(this::forget));
  }

  private void forget(Aging aging) {
    int gone =
        jdbc.sql(
                "delete from %1$s where ctid = any (array(select ctid from %1$s where %2$s < now() - interval '30 days' limit %3$d))"
                    .formatted(aging.table(), aging.column(), AT_ONCE))
            .update();
    if (gone > 0) {
      log.info("Forgot {} rows of {} that are over 30 days old", gone, aging.table());
    }
  }
}
