package io.dorsal.accounts;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRemains;
import io.dorsal.work.RunningJob;
import io.dorsal.work.Task;
import io.dorsal.work.Tasks;
import io.dorsal.work.WorkAtHand;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Purges tenants whose days of grace are over, in batches: what is outside of the database first,
 * then the rows of every table that holds the tenant's, then the tenant itself, whose certificate
 * is written in that same transaction. Any number of processes may do it at once, and whatever was
 * interrupted goes on. Thread-safe.
 */
@Component
public class TenantPurge implements WorkAtHand {

  private static final Logger log = LoggerFactory.getLogger(TenantPurge.class);
  private static final int ROWS = 5_000;
  private static final int REMAINS = 500;

  /** So long one call works at most; what is left is done by the next. */
  private static final int BATCHES = 2_000;

  private final JdbcClient jdbc;
  private final List<TenantRemains> remains;
  private final TransactionTemplate transaction;
  private final Tasks tasks;
  private final Clock clock;

  TenantPurge(
      JdbcClient jdbc,
      List<TenantRemains> remains,
      PlatformTransactionManager transactions,
      Tasks tasks,
      Clock clock) {
    this.jdbc = jdbc;
    this.remains = List.copyOf(remains);
    this.transaction = new TransactionTemplate(transactions);
    this.tasks = tasks;
    this.clock = clock;
  }

  /**
   * Purges what is due, as far as one call goes.
   *
   * @return how many tenants are gone for good
   */
  public int purgeDue() {
    return Tenancy.sweep(Sweeper.TENANT_PURGE, this::purge);
  }

  private int purge() {
    List<UUID> due = due();
    int gone = 0;
    int batches = BATCHES;
    for (UUID tenant : due) {
      try (Task task = tasks.begin(RunningJob.Kind.TENANT_PURGE, tenant, tenant)) {
        batches = purge(tenant, batches, task);
        if (batches > 0) {
          gone += certify(tenant) ? 1 : 0;
        }
      } catch (RuntimeException e) {
        log.error("Tenant {} could not be purged", tenant, e);
      }
    }
    return gone;
  }

  private List<UUID> due() {
    return jdbc.sql("select id from tenant where status = 'DELETING' and purge_after <= :now")
        .param("now", now())
        .query(UUID.class)
        .list();
  }

  /** What waits to be purged is the operator's business: nobody of the tenant is let in. */
  @Override
  public List<RunningJob> atHand(@Nullable UUID tenantId, @Nullable UUID of) {
    return tenantId != null
        ? List.of()
        : due().stream()
            .filter(id -> of == null || of.equals(id))
            .map(id -> RunningJob.queued(RunningJob.Kind.TENANT_PURGE, id, id, ""))
            .toList();
  }

  /** Removes until nothing is left or the batches are used up; how many are left of them. */
  private int purge(UUID tenant, int batches, Task task) {
    int left = batches;
    for (TenantRemains each : remains) {
      long removed = 1;
      while (removed > 0 && left > 0) {
        removed = each.remove(tenant, REMAINS);
        count(tenant, each.kind(), removed);
        task.kept(removed);
        left--;
      }
    }
    List<String> tables = tables();
    boolean again = true;
    while (again && left > 0) {
      again = false;
      for (String table : tables) {
        long removed = left > 0 ? removeRows(tenant, table) : 0;
        left--;
        again |= removed > 0;
        if (removed > 0) {
          task.kept(removed);
        }
      }
      if (!again && left > 0 && tables.stream().anyMatch(table -> holds(tenant, table))) {
        throw new IllegalStateException("Some rows of the tenant hold each other.");
      }
    }
    return left;
  }

  /** Children go before what they point to: a table that is still pointed to waits its turn. */
  private long removeRows(UUID tenant, String table) {
    try {
      return Objects.requireNonNull(
          transaction.execute(
              status -> {
                long removed =
                    jdbc.sql("select purge_tenant_rows(:tenant, cast(:table as regclass), :most)")
                        .param("tenant", tenant)
                        .param("table", table)
                        .param("most", ROWS)
                        .query(Long.class)
                        .single();
                count(tenant, table, removed);
                return removed;
              }));
    } catch (DataIntegrityViolationException e) {
      log.debug("Rows of {} are still pointed to", table);
      return 0;
    }
  }

  private boolean holds(UUID tenant, String table) {
    return jdbc.sql("select exists (select 1 from " + table + " where tenant_id = :tenant)")
        .param("tenant", tenant)
        .query(Boolean.class)
        .single();
  }

  /** Every table with rows of tenants, by its name from the catalog. */
  private List<String> tables() {
    return jdbc.sql(
            """
            select quote_ident(c.relname) from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
              and not a.attisdropped
            where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
              and not c.relispartition
            order by c.relname
            """)
        .query(String.class)
        .list();
  }

  private void count(UUID tenant, String what, long removed) {
    if (removed > 0) {
      log.info("Purging tenant {}: {} {}", tenant, removed, what);
      jdbc.sql(
              """
              update tenant set purged = purged
                || jsonb_build_object(:what, coalesce((purged ->> :what)::bigint, 0) + :removed)
              where id = :id
              """)
          .param("what", what)
          .param("removed", removed)
          .param("id", tenant)
          .update();
    }
  }

  private boolean certify(UUID tenant) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              var certificate =
                  jdbc.sql(
                          """
                          select t.id as tenant, t.name, t.display_name, t.purge_after,
                              t.purged as removed, d.requested_by, d.requested_at,
                              cast(:now as timestamptz) as purged_at, '' as sha256
                          from tenant t join tenant_deletion d on d.tenant = t.id
                          where t.id = :id and t.status = 'DELETING' for update of t
                          """)
                      .param("now", now())
                      .param("id", tenant)
                      .query((row, number) -> DeletionCertificate.of(row).sealed())
                      .optional();
              certificate.ifPresent(this::write);
              return certificate.isPresent();
            }));
  }

  private void write(DeletionCertificate certificate) {
    jdbc.sql("delete from tenant where id = :id").param("id", certificate.tenantId()).update();
    jdbc.sql(
            """
            insert into deletion_certificate values (:tenant, :name, :display, :by, :requested,
                :after, :purged, cast(:removed as jsonb), :hash)
            """)
        .param("tenant", certificate.tenantId())
        .param("name", certificate.name())
        .param("display", certificate.displayName())
        .param("by", certificate.requestedBy())
        .param("requested", certificate.requestedAt().atOffset(ZoneOffset.UTC))
        .param("after", certificate.purgeAfter().atOffset(ZoneOffset.UTC))
        .param("purged", certificate.purgedAt().atOffset(ZoneOffset.UTC))
        .param("removed", JsonMapper.shared().writeValueAsString(certificate.removed()))
        .param("hash", certificate.sha256())
        .update();
    log.info("Tenant {} is gone", certificate.tenantId());
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
