package io.dorsal.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.access.Caller;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.problem.ProblemException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** That nobody changes the audit log unseen. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class AuditChainIntegrationTests {

  private static Map<String, String> database;
  private static ConfigurableApplicationContext rooms;
  private static Journal journal;
  private static AuditChain chain;
  private static AuditLog log;
  private static TransactionTemplate transaction;

  private final UUID tenant = UUID.randomUUID();
  private final Caller auditor = Caller.of(tenant, "auditor", TenantRole.AUDITOR);

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    database = postgres.empty();
    Migration.run(database);
    rooms = RoomsForTests.on(database);
    journal = rooms.getBean(Journal.class);
    chain = rooms.getBean(AuditChain.class);
    log = rooms.getBean(AuditLog.class);
    transaction = rooms.getBean(TransactionTemplate.class);
  }

  @AfterAll
  static void stop() {
    rooms.close();
  }

  /** 40-31. */
  @Test
  void rowThatASuperuserAlteredIsFoundInItsBatch() throws Exception {
    threeBatches();
    assertThat(verify().intact()).isTrue();
    assertThat(verify().batches()).isEqualTo(3);
    assertThat(verify().entries()).isEqualTo(6);

    asSuperuser(
        "alter table dorsal.audit_entry disable trigger all",
        "update dorsal.audit_entry set actor = 'somebody else' where tenant_id = '"
            + tenant
            + "' and action = 'act.2.0'",
        "alter table dorsal.audit_entry enable trigger all");

    AuditChain.AuditProof proof = verify();
    assertThat(proof.intact()).isFalse();
    assertThat(proof.broken())
        .extracting(AuditChain.BrokenBatch::number, AuditChain.BrokenBatch::reason)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(2L, "ENTRIES_CHANGED"));
  }

  @Test
  void rowThatWasRemovedAndBatchThatWasWrittenAnewAreFound() throws Exception {
    threeBatches();
    asSuperuser(
        "alter table dorsal.audit_entry disable trigger all",
        "delete from dorsal.audit_entry where tenant_id = '" + tenant + "' and action = 'act.1.1'",
        "alter table dorsal.audit_entry enable trigger all",
        "alter table dorsal.audit_batch disable trigger all",
        "update dorsal.audit_batch set entries = 1, hash = dorsal.audit_batch_hash(tenant_id,"
            + " first_tx, end_tx, before_hash) where number = 1 and tenant_id = '"
            + tenant
            + "'",
        "alter table dorsal.audit_batch enable trigger all");
    assertThat(verify().broken())
        .extracting(AuditChain.BrokenBatch::number, AuditChain.BrokenBatch::reason)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(2L, "CHAIN_BROKEN"));
  }

  @Test
  void entriesAndBatchesAreAppendOnlyForTheOwnerToo() throws Exception {
    threeBatches();
    for (String attempt :
        List.of(
            "update dorsal.audit_entry set actor = 'nobody'",
            "delete from dorsal.audit_entry",
            "truncate dorsal.audit_entry",
            "update dorsal.audit_batch set hash = ''",
            "update dorsal.audit_batch set forgotten_at = now()",
            "delete from dorsal.audit_batch",
            "truncate dorsal.audit_batch")) {
      assertThatThrownBy(() -> asSuperuser(attempt)).hasMessageContaining("never changed");
    }
  }

  /** 40-31, its other half. */
  @Test
  void applicationRoleMayNeitherChangeNorRemoveEntries() {
    try (var pool =
        ServersForTests.Postgres.pool(
            database,
            String.valueOf(database.get("DORSAL_DATABASE_USER")),
            String.valueOf(database.get("DORSAL_DATABASE_PASSWORD")))) {
      for (String attempt :
          List.of(
              "update dorsal.audit_entry set actor = 'nobody'",
              "delete from dorsal.audit_entry",
              "truncate dorsal.audit_entry",
              "alter table dorsal.audit_entry disable trigger all")) {
        assertThatThrownBy(() -> execute(pool, attempt))
            .hasMessageMatching("(?s).*(permission denied|must be owner).*");
      }
    }
  }

  /** What a transaction wrote that ends late belongs to a later batch, and no batch misses it. */
  @Test
  void entryOfALongTransactionIsSealedOnceItHasEnded() {
    Tenancy.in(
        tenant,
        () ->
            transaction.execute(
                status -> {
                  journal.record(act("late"));
                  Thread other = Thread.ofVirtual().start(() -> keep("early"));
                  join(other);
                  Thread sealing = Thread.ofVirtual().start(chain::seal);
                  join(sealing);
                  return true;
                }));
    assertThat(verify().unsealed()).isEqualTo(2);
    chain.seal();
    assertThat(verify().unsealed()).isZero();
    assertThat(verify().entries()).isEqualTo(2);
    assertThat(verify().intact()).isTrue();
  }

  @Test
  void wholeOldBatchesAreForgottenAndTheChainIsStillProven() throws Exception {
    threeBatches();
    asSuperuser(
        "alter table dorsal.audit_entry disable trigger all",
        "alter table dorsal.audit_batch disable trigger all",
        "update dorsal.audit_entry set at = at - interval '731 days' where tenant_id = '"
            + tenant
            + "' and action like 'act.1.%'",
        "update dorsal.audit_batch set first_at = first_at - interval '731 days',"
            + " last_at = last_at - interval '731 days' where number = 1 and tenant_id = '"
            + tenant
            + "'",
        "alter table dorsal.audit_entry enable trigger all",
        "alter table dorsal.audit_batch enable trigger all");
    assertThat(chain.forgetOld()).isEqualTo(2);
    assertThat(Tenancy.in(tenant, () -> log.page(auditor, all(), null, 50))).hasSize(4);
    assertThat(verify().intact()).isTrue();
    assertThat(verify().batches()).isEqualTo(3);
  }

  @Test
  void logIsReadByFilterAndPageAndByNobodyBelowAnAuditor() {
    threeBatches();
    List<AuditEntry> first = Tenancy.in(tenant, () -> log.page(auditor, all(), null, 4));
    List<AuditEntry> rest =
        Tenancy.in(tenant, () -> log.page(auditor, all(), AuditLog.position(first.getLast()), 4));
    assertThat(first).hasSize(4);
    assertThat(rest).extracting(AuditEntry::action).containsExactly("act.1.1", "act.1.0");
    AuditFilter one = new AuditFilter(null, "act.2.1", null, null, null, null, null, null, "PODS");
    assertThat(Tenancy.in(tenant, () -> log.page(auditor, one, null, 4))).hasSize(1);
    Caller member = Caller.of(tenant, "member", TenantRole.MEMBER);
    assertThatThrownBy(() -> log.page(member, all(), null, 4)).isInstanceOf(ProblemException.class);
  }

  private void threeBatches() {
    for (int batch = 1; batch <= 3; batch++) {
      keep("act." + batch + ".0");
      keep("act." + batch + ".1");
      chain.seal();
    }
  }

  private void keep(String action) {
    Tenancy.run(
        tenant, () -> transaction.executeWithoutResult(status -> journal.record(act(action))));
  }

  private Act act(String action) {
    return Act.of(tenant, "somebody", AuditCategory.ADMIN, action)
        .on("thing", UUID.randomUUID(), "Pods");
  }

  private AuditChain.AuditProof verify() {
    return Tenancy.in(tenant, () -> chain.verify(auditor, null, null));
  }

  private static AuditFilter all() {
    return new AuditFilter(null, null, null, null, null, null, null, null, null);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void asSuperuser(String... statements) throws Exception {
    try (var pool = ServersForTests.Postgres.superuser(database)) {
      execute(pool, statements);
    }
  }

  private static void execute(DataSource pool, String... statements) throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}
