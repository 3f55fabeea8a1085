package io.dorsal.work;

import io.dorsal.access.Uuid7;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who works on what. All times are the database's. A lease whose heartbeat is older than {@link
 * WorkSettings#staleAfter()} may be taken over. Thread-safe.
 */
@Component
public class Leases {

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Duration staleAfter;
  private final String holder;

  Leases(JdbcClient jdbc, PlatformTransactionManager transactions, WorkSettings settings) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.staleAfter = settings.staleAfter();
    String name = settings.workerId() == null ? "worker" : settings.workerId();
    this.holder = name + "/" + Uuid7.next();
  }

  /**
   * Takes the resource where nobody holds it or its holder is lost. This process takes its own
   * again: it could not give it back while the database was away.
   *
   * @param subject what the resource is part of, such as the scan's id
   * @return the lease, or empty where a living holder is at work
   */
  public Optional<Lease> tryAcquire(String resource, UUID subject) {
    try {
      return transaction.execute(
          status -> {
            // A holder frozen inside its commit keeps the row locked until the server ends its
            // session.
            jdbc.sql("set local lock_timeout = '2s'").update();
            return insertOrTakeOver(resource, subject);
          });
    } catch (DataAccessException e) {
      if (LockTimeout.isCauseOf(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Optional<Lease> insertOrTakeOver(String resource, UUID subject) {
    return jdbc.sql(
            """
            insert into lease (resource, subject, holder, epoch, heartbeat_at)
            values (:resource, :subject, :holder, 1, clock_timestamp())
            on conflict (resource) do update
              set holder = excluded.holder, epoch = lease.epoch + 1,
                  heartbeat_at = clock_timestamp()
              where lease.holder is null
                 or lease.holder = excluded.holder
                 or lease.heartbeat_at < clock_timestamp() - make_interval(secs => :stale)
            returning new.epoch, old.holder is not null and old.holder <> new.holder
            """)
        .param("resource", resource)
        .param("subject", subject)
        .param("holder", holder)
        .param("stale", staleAfter.toMillis() / 1000.0)
        .query((row, n) -> new Lease(resource, row.getLong(1), row.getBoolean(2)))
        .optional();
  }

  /** Whether the resource has a holder, living or lost. */
  public boolean isHeld(String resource) {
    return jdbc.sql("select exists (select 1 from lease where resource = ? and holder is not null)")
        .param(resource)
        .query(Boolean.class)
        .single();
  }

  /** Shows that the holder of these leases lives; a lease taken over is left alone. */
  public void heartbeat(Collection<Lease> leases) {
    for (Lease lease : leases) {
      jdbc.sql(
              """
              update lease set heartbeat_at = clock_timestamp()
              where resource = :resource and epoch = :epoch and holder is not null
              """)
          .param("resource", lease.resource())
          .param("epoch", lease.epoch())
          .update();
    }
  }

  /** Gives the resource back; without effect where it was taken over. */
  public void release(Lease lease) {
    jdbc.sql("update lease set holder = null where resource = :resource and epoch = :epoch")
        .param("resource", lease.resource())
        .param("epoch", lease.epoch())
        .update();
  }

  /** Whether somebody is at work on parts of the subject. */
  public WorkerStatus statusOf(UUID subject) {
    List<Boolean> fresh =
        jdbc.sql(
                """
                select heartbeat_at >= clock_timestamp() - make_interval(secs => :stale)
                from lease where subject = :subject and holder is not null
                """)
            .param("stale", staleAfter.toMillis() / 1000.0)
            .param("subject", subject)
            .query(Boolean.class)
            .list();
    if (fresh.isEmpty()) {
      return WorkerStatus.QUEUED;
    }
    return fresh.contains(true) ? WorkerStatus.ACTIVE : WorkerStatus.LOST;
  }

  /** Removes the leases of a subject that is finished. */
  public void forget(UUID subject) {
    jdbc.sql("delete from lease where subject = :subject and holder is null")
        .param("subject", subject)
        .update();
  }
}
