package io.dorsal.operations;

import io.dorsal.access.Caller;
import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Cuts audit entries into batches of which each carries the hash of the one before, and proves that
 * nobody changed, removed or added an entry since. Thread-safe.
 */
@Component
public class AuditChain {

  private static final int BATCHES_AT_ONCE = 200;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  AuditChain(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * What the proof found.
   *
   * @param unsealed entries that no batch holds yet; normal for those of the last seconds
   * @param head the newest batch of the range; whoever keeps its hash elsewhere can tell a chain
   *     that was written anew
   */
  public record AuditProof(
      boolean intact,
      long batches,
      long entries,
      long unsealed,
      @Nullable ChainHead head,
      List<BrokenBatch> broken) {}

  /** A batch by its number and hash. */
  public record ChainHead(long number, String hash, Instant sealedAt) {}

  /**
   * A batch that is not as it was sealed.
   *
   * @param reason ENTRIES_CHANGED, ENTRIES_MISSING, ENTRIES_ADDED or CHAIN_BROKEN
   */
  public record BrokenBatch(long number, Instant from, Instant to, String reason) {}

  private record Batch(
      long number,
      OffsetDateTime firstAt,
      OffsetDateTime lastAt,
      OffsetDateTime sealedAt,
      long entries,
      long found,
      boolean hashed,
      boolean chained,
      boolean forgotten,
      byte[] hash) {}

  /** Seals what all ended transactions wrote. Harmless where several instances do it at once. */
  public void seal() {
    Tenancy.run(Sweeper.AUDIT, () -> transaction.executeWithoutResult(status -> sealSome()));
  }

  private void sealSome() {
    jdbc.sql("select end_tx::text from audit_sealed for update skip locked")
        .query(String.class)
        .optional()
        .ifPresent(this::sealFrom);
  }

  private void sealFrom(String from) {
    String to =
        jdbc.sql("select pg_snapshot_xmin(pg_current_snapshot())::text")
            .query(String.class)
            .single();
    jdbc.sql(
            """
            insert into audit_batch (tenant_id, number, first_tx, end_tx, first_at, last_at,
                entries, before_hash, hash)
            select e.tenant_id, coalesce(max(last.number), 0) + 1, cast(:from as xid8),
                cast(:to as xid8), min(e.at), max(e.at), count(*),
                coalesce(last.hash, ''::bytea),
                audit_batch_hash(e.tenant_id, cast(:from as xid8), cast(:to as xid8),
                    coalesce(last.hash, ''::bytea))
            from audit_entry e left join lateral (
                select number, hash from audit_batch b where b.tenant_id = e.tenant_id
                order by number desc limit 1) last on true
            where e.tx >= cast(:from as xid8) and e.tx < cast(:to as xid8)
            group by e.tenant_id, last.hash
            """)
        .param("from", from)
        .param("to", to)
        .update();
    jdbc.sql("update audit_sealed set end_tx = cast(:to as xid8)").param("to", to).update();
  }

  /** Proves the caller's tenant's batches that hold entries of this range. */
  public AuditProof verify(Caller caller, @Nullable Instant from, @Nullable Instant to) {
    AuditLog.require(caller);
    List<Batch> batches = batches(caller.tenantId(), from, to);
    List<BrokenBatch> broken = new ArrayList<>();
    for (Batch batch : batches) {
      String reason = fault(batch);
      if (reason != null) {
        broken.add(
            new BrokenBatch(
                batch.number(), batch.firstAt().toInstant(), batch.lastAt().toInstant(), reason));
      }
    }
    ChainHead head =
        batches.isEmpty()
            ? null
            : new ChainHead(
                batches.getLast().number(),
                HexFormat.of().formatHex(batches.getLast().hash()),
                batches.getLast().sealedAt().toInstant());
    return new AuditProof(
        broken.isEmpty(),
        batches.size(),
        batches.stream().mapToLong(Batch::entries).sum(),
        unsealed(caller.tenantId()),
        head,
        broken);
  }

  private static @Nullable String fault(Batch batch) {
    if (!batch.chained()) {
      return "CHAIN_BROKEN";
    }
    if (batch.forgotten()) {
      return null;
    }
    if (batch.found() != batch.entries()) {
      return batch.found() < batch.entries() ? "ENTRIES_MISSING" : "ENTRIES_ADDED";
    }
    return batch.hashed() ? null : "ENTRIES_CHANGED";
  }

  private List<Batch> batches(UUID tenant, @Nullable Instant from, @Nullable Instant to) {
    return jdbc.sql(
            """
            select b.number, b.first_at, b.last_at, b.sealed_at, b.entries, b.hash,
                (select count(*) from audit_entry e where e.tenant_id = b.tenant_id
                    and e.tx >= b.first_tx and e.tx < b.end_tx) as found,
                b.forgotten_at is not null or
                  b.hash = audit_batch_hash(b.tenant_id, b.first_tx, b.end_tx, b.before_hash)
                  as hashed,
                b.before_hash = coalesce(p.hash, ''::bytea) and (p.number is not null or b.number = 1)
                  as chained,
                b.forgotten_at is not null as forgotten
            from audit_batch b left join audit_batch p
                on p.tenant_id = b.tenant_id and p.number = b.number - 1
            where b.tenant_id = :tenant
              and (cast(:from as timestamptz) is null or b.last_at >= :from)
              and (cast(:to as timestamptz) is null or b.first_at < :to)
            order by b.number
            """)
        .param("tenant", tenant)
        .param("from", from == null ? null : from.atOffset(ZoneOffset.UTC))
        .param("to", to == null ? null : to.atOffset(ZoneOffset.UTC))
        .query(Batch.class)
        .list();
  }

  private long unsealed(UUID tenant) {
    return jdbc.sql(
            """
            select count(*) from audit_entry e where e.tenant_id = :tenant and e.tx >=
                coalesce((select max(end_tx) from audit_batch where tenant_id = :tenant), '0'::xid8)
            """)
        .param("tenant", tenant)
        .query(Long.class)
        .single();
  }

  /**
   * Forgets the entries of whole batches that are older than the tenant keeps them; the batches
   * stay, so that the chain can be proven.
   *
   * @return how many entries went
   */
  public long forgetOld() {
    return Tenancy.sweep(Sweeper.AUDIT, () -> transaction.execute(status -> forgetSome()));
  }

  private record Old(UUID tenantId, long number) {}

  private long forgetSome() {
    List<Old> old =
        jdbc.sql(
                """
                select tenant_id, number from audit_batch
                where forgotten_at is null and last_at < now() - interval '90 days'
                  and last_at < now() - make_interval(days => audit_retention_days(tenant_id))
                limit :most
                """)
            .param("most", BATCHES_AT_ONCE)
            .query(Old.class)
            .list();
    long gone = 0;
    for (Old batch : old) {
      gone +=
          jdbc.sql("select audit_forget(:tenant, :number)")
              .param("tenant", batch.tenantId())
              .param("number", batch.number())
              .query(Long.class)
              .single();
    }
    return gone;
  }
}
