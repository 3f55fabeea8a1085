package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.dorsal.jobs.Migration;
import io.dorsal.local.ServersForTests;
import io.dorsal.work.LeasedTransactionManager;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** 40-13: in whose name connections ask; pools of one connection, so that each serves everybody. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class TenancyDataSourceIntegrationTests {

  private static final String INSERT =
      "insert into idempotent_answer (tenant_id, key, fingerprint) values (?, ?, 'f')";

  private static TenancyDataSource database;
  private static JdbcTemplate jdbc;
  private static TransactionTemplate transaction;

  private final UUID a = UUID.randomUUID();
  private final UUID b = UUID.randomUUID();

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> settings = postgres.empty();
    Migration.run(settings);
    database =
        new TenancyDataSource(
            pool(settings, "dorsal_app", "DORSAL_DATABASE_PASSWORD"),
            pool(settings, "dorsal_maint", "DORSAL_MAINT_DATABASE_PASSWORD"));
    jdbc = new JdbcTemplate(database);
    transaction = new TransactionTemplate(new LeasedTransactionManager(database));
  }

  private static HikariDataSource pool(Map<String, String> settings, String user, String password) {
    var pool =
        ServersForTests.Postgres.pool(settings, user, String.valueOf(settings.get(password)));
    pool.setMaximumPoolSize(1);
    pool.setConnectionTimeout(2_000);
    pool.addDataSourceProperty("reWriteBatchedInserts", "true");
    return pool;
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void sweepersAloneAskAsTheRoleThatSeesEveryTenant() {
    for (Sweeper sweeper : Sweeper.values()) {
      assertThat(Tenancy.sweep(sweeper, this::role)).isEqualTo("dorsal_maint");
    }
    assertThat(Tenancy.in(a, this::role)).isEqualTo("dorsal_app");
    assertThat(role()).isEqualTo("dorsal_app");
  }

  /** 40-10: what the server logs of a slow query names the click. */
  @Test
  void theSessionOfATransactionIsNamedAfterItsTrace() {
    String asked = "select current_setting('application_name')";
    MDC.put("trace_id", "0af7651916cd43dd8448eb211c80319c");
    try {
      assertThat(Tenancy.in(a, () -> jdbc.queryForObject(asked, String.class)))
          .isEqualTo("dorsal:0af7651916cd43dd8448eb211c80319c");
    } finally {
      MDC.remove("trace_id");
    }
    assertThat(jdbc.queryForObject(asked, String.class)).doesNotContain("0af76519");
  }

  private String role() {
    return String.valueOf(jdbc.queryForObject("select current_user", String.class));
  }

  @Test
  void aConnectionThatServedOneTenantShowsTheNextNothing() {
    Tenancy.run(a, () -> jdbc.update(INSERT, a, "outside of a transaction"));
    Tenancy.run(a, () -> transaction.executeWithoutResult(s -> jdbc.update(INSERT, a, "inside")));
    assertThat(Tenancy.in(a, this::keys)).containsExactly("inside", "outside of a transaction");
    assertThat(Tenancy.in(b, this::keys)).isEmpty();
    assertThat(Tenancy.in(b, () -> keysIn(transaction))).isEmpty();
    assertThat(keys()).as("nobody").isEmpty();
    assertThat(keysIn(transaction)).as("nobody").isEmpty();
    assertThat(Tenancy.sweep(Sweeper.LEFTOVERS, this::keys)).contains("inside");
    assertThat(jdbc.queryForObject("select current_setting('app.tenant_id', true)", String.class))
        .isNullOrEmpty();
  }

  private List<String> keys() {
    return jdbc.query(
        "select key from idempotent_answer order by key", (row, n) -> row.getString(1));
  }

  private List<String> keysIn(TransactionTemplate template) {
    return Objects.requireNonNull(template.execute(status -> keys()));
  }

  @Test
  void nobodyAndOtherTenantsWriteNothing() {
    assertThatThrownBy(() -> jdbc.update(INSERT, a, "k")).isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> Tenancy.in(b, () -> jdbc.update(INSERT, a, "k")))
        .isInstanceOf(DataAccessException.class)
        .hasStackTraceContaining("row-level security");
    assertThat(Tenancy.in(a, this::keys)).isEmpty();
  }

  @Test
  void equalKeysOfTwoTenantsNeverMeetAndErrorsNameNoRow() {
    Tenancy.run(a, () -> jdbc.update(INSERT, a, "k"));
    Tenancy.run(b, () -> jdbc.update(INSERT, b, "k"));
    assertThatThrownBy(() -> Tenancy.in(b, () -> jdbc.update(INSERT, b, "k")))
        .isInstanceOf(DuplicateKeyException.class)
        .rootCause()
        .message()
        .contains("idempotent_answer_pkey")
        .doesNotContain(a.toString(), "Key (");
  }

  @Test
  void afterAFailureOutsideOfATransactionTheConnectionServesOn() {
    assertThatThrownBy(() -> Tenancy.in(a, () -> jdbc.queryForList("select 1/0")))
        .isInstanceOf(DataAccessException.class);
    Tenancy.run(a, () -> jdbc.update(INSERT, a, "k"));
    assertThat(Tenancy.in(a, this::keys)).containsExactly("k");
  }

  @Test
  void rollbackLeavesNothingAndTheTenantHoldsBehindASavepoint() {
    Tenancy.run(
        a,
        () ->
            transaction.executeWithoutResult(
                status -> {
                  Object start = status.createSavepoint();
                  jdbc.update(INSERT, a, "undone");
                  status.rollbackToSavepoint(start);
                  assertThat(keys()).isEmpty();
                  jdbc.update(INSERT, a, "kept until the end");
                  assertThat(keys()).hasSize(1);
                  status.setRollbackOnly();
                }));
    assertThat(Tenancy.in(a, this::keys)).isEmpty();
  }

  @Test
  void readOnlyTransactionsBatchesAndResultsInPartsWork() {
    List<Object[]> batch =
        IntStream.range(0, 250).mapToObj(n -> new Object[] {a, "k%03d".formatted(n)}).toList();
    Tenancy.run(a, () -> jdbc.batchUpdate(INSERT, batch));
    var parts = new JdbcTemplate(database);
    parts.setFetchSize(20);
    String all = "select key from idempotent_answer";
    assertThat(Tenancy.in(a, () -> parts.queryForList(all, String.class))).hasSize(250);
    assertThat(Tenancy.in(b, () -> parts.queryForList(all, String.class))).isEmpty();
    var reading = new TransactionTemplate(new LeasedTransactionManager(database));
    reading.setReadOnly(true);
    reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    assertThat(Tenancy.in(a, () -> keysIn(reading))).hasSize(250);
    assertThatThrownBy(
            () -> Tenancy.in(a, () -> reading.execute(status -> jdbc.update(INSERT, a, "new"))))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("read-only");
  }

  @Test
  void aTransactionGoesOnInTheNameInWhichItBegan() {
    assertThatThrownBy(
            () ->
                Tenancy.in(
                    a,
                    () ->
                        transaction.execute(
                            status -> {
                              jdbc.update(INSERT, a, "k");
                              return Tenancy.in(b, this::keys);
                            })))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(a.toString())
        .hasMessageContaining(b.toString());
    assertThat(Tenancy.in(a, this::keys)).as("rolled back").isEmpty();
    assertThatThrownBy(() -> transaction.execute(status -> Tenancy.in(a, this::keys)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nobody");
    assertThatThrownBy(
            () ->
                Tenancy.in(
                    a,
                    () -> transaction.execute(s -> Tenancy.sweep(Sweeper.LEFTOVERS, this::keys))))
        .isInstanceOf(IllegalStateException.class);
  }
}
