package io.dorsal.discovery;

import io.dorsal.access.DatabaseTimes;
import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.operations.StateChange;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets scans that ended 400 days ago, as when a person deletes them: what they found stays with
 * the source, and so does a scan that something is bound to. A source keeps the newest completed
 * scan of all of it, and those behind it. Any number of processes may do it at once. Thread-safe.
 */
@Component
public class ScanSweep {

  private static final Logger log = LoggerFactory.getLogger(ScanSweep.class);
  private static final Duration KEPT = Duration.ofDays(400);

  /** Few, for each takes its folders and items along. */
  private static final int AT_ONCE = 5;

  /** Many, for those that are bound stay in front. */
  private static final int LOOKED_AT = 1_000;

  private final JdbcClient jdbc;
  private final ScanRows rows;
  private final ScanRemoval removal;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ScanSweep(
      JdbcClient jdbc,
      ScanRows rows,
      ScanRemoval removal,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.removal = removal;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  private record Old(UUID tenantId, UUID id) {}

  /** Forgets at most five; what is left goes the next time. */
  public void forgetOld() {
    Tenancy.sweep(Sweeper.LEFTOVERS, this::old).stream()
        .filter(old -> Tenancy.in(old.tenantId(), () -> forgotten(old.id())))
        .limit(AT_ONCE)
        .forEach(old -> log.info("Forgot scan {}, which ended over 400 days ago", old.id()));
  }

  private boolean forgotten(UUID id) {
    return Boolean.TRUE.equals(transaction.execute(status -> forget(id)));
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
        .param("most", LOOKED_AT)
        .query(Old.class)
        .list();
  }

  /** Another process may have done it; one that was resumed meanwhile stays. */
  private boolean forget(UUID id) {
    Optional<Scan> old =
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
            .flatMap(held -> rows.findById(id))
            .filter(scan -> !removal.isBound(scan));
    old.ifPresent(scan -> removal.remove(scan, StateChange.SYSTEM));
    return old.isPresent();
  }
}
