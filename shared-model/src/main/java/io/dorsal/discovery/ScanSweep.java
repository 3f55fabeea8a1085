package io.dorsal.discovery;

import io.dorsal.access.DatabaseTimes;
import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.operations.StateChange;
import io.dorsal.work.Leases;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets scans that ended 400 days ago, as when a person deletes them: what they found stays with
 * the source. A source keeps the newest completed scan of all of it, and those behind it. Any
 * number of processes may do it at once. Thread-safe.
 */
@Component
public class ScanSweep {

  private static final Logger log = LoggerFactory.getLogger(ScanSweep.class);
  private static final Duration KEPT = Duration.ofDays(400);

  /** Few, for each takes its folders and items along. */
  private static final int AT_ONCE = 5;

  private final JdbcClient jdbc;
  private final ScanRows rows;
  private final ScanStates states;
  private final Leases leases;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ScanSweep(
      JdbcClient jdbc,
      ScanRows rows,
      ScanStates states,
      Leases leases,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.states = states;
    this.leases = leases;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  private record Old(UUID tenantId, UUID id) {}

  /** Forgets at most five; what is left goes the next time. */
  public void forgetOld() {
    for (Old old : Tenancy.sweep(Sweeper.LEFTOVERS, this::old)) {
      Tenancy.run(
          old.tenantId(), () -> transaction.executeWithoutResult(status -> forget(old.id())));
    }
  }

  private List<Old> old() {
    return jdbc.sql(
            """
            select s.tenant_id, s.id from scan s
            where s.state in ('COMPLETED', 'CANCELED', 'FAILED') and s.finished_at < :before
              and exists (select from scan c
                where c.tenant_id = s.tenant_id and c.source_id = s.source_id
                  and c.number > s.number and c.state = 'COMPLETED'
                  and c.prefix = '' and c.prefixes = '{}')
            order by s.finished_at limit :most
            """)
        .param("before", DatabaseTimes.at(clock.instant().minus(KEPT)))
        .param("most", AT_ONCE)
        .query(Old.class)
        .list();
  }

  /** Another process may have done it; one that was resumed meanwhile stays. */
  private void forget(UUID id) {
    boolean mine =
        jdbc.sql(
                """
                select 1 from scan where id = :scan and finished_at < :before
                  and state in ('COMPLETED', 'CANCELED', 'FAILED')
                for update skip locked
                """)
            .param("scan", id)
            .param("before", DatabaseTimes.at(clock.instant().minus(KEPT)))
            .query(Integer.class)
            .optional()
            .isPresent();
    if (mine) {
      leases.forget(id);
      rows.findById(id).ifPresent(scan -> states.deleted(scan, StateChange.SYSTEM));
      log.info("Forgot scan {}, which ended over 400 days ago", id);
    }
  }
}
