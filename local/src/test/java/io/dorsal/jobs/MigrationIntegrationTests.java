package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.access.Tenancy;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.local.stack.StackDirectory;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ExtendWith(ServersForTests.class)
class MigrationIntegrationTests {

  private static final String NEXT_RELEASE = "V209901010000__discovery_next_release.sql";

  /** Where the next release's migration lies. */
  static final String NEXT =
      "filesystem:" + StackDirectory.home().resolve("local/src/test/next/db/migration");

  /** 40-33: with {@code ./dorsal test --next-schema} the tests meet the next release's schema. */
  @Test
  void theSchemaIsTheNextOneWhereTheRunIsToProveThat(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    boolean next = Migration.class.getResource("/db/migration/" + NEXT_RELEASE) != null;
    try (var pool = ServersForTests.Postgres.pool(database)) {
      assertThat(
              new JdbcTemplate(pool)
                  .queryForObject("select max(version) from schema_version", Integer.class))
          .isEqualTo(next ? 2 : 1);
    }
  }

  @Test
  void runsTwiceAndTwiceAtOnceWithOneResult(ServersForTests.Postgres postgres) throws Exception {
    Map<String, String> database = postgres.empty();
    Callable<Boolean> migration =
        () -> {
          Migration.run(database);
          return true;
        };
    try (var threads = Executors.newFixedThreadPool(3)) {
      for (var done : threads.invokeAll(List.of(migration, migration, migration))) {
        assertThat(done.get()).isTrue();
      }
    }
    Migration.run(database);
    try (var pool = ServersForTests.Postgres.pool(database)) {
      var jdbc = new JdbcTemplate(pool);
      List<@Nullable String> versions =
          jdbc.queryForList(
              "select version from flyway_schema_history where success and version is not null",
              String.class);
      assertThat(versions).isNotEmpty().doesNotHaveDuplicates();
      assertThat(
              jdbc.queryForList(
                  "select table_name from information_schema.tables where table_schema = 'dorsal'",
                  String.class))
          .contains("outbox", "lease", "connection", "scan", "found_file", "scan_folder");
      assertThat(
              jdbc.queryForList(
                  "select table_name from information_schema.tables where table_schema = 'batch'",
                  String.class))
          .contains("batch_job_instance", "batch_step_execution");
    }
  }

  /** 40-33: what was released is never edited. */
  @Test
  void anEditedMigrationStopsTheMigration(ServersForTests.Postgres postgres) throws Exception {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    try (var pool = ServersForTests.Postgres.pool(database)) {
      new JdbcTemplate(pool)
          .update(
              "update flyway_schema_history set checksum = checksum + 1"
                  + " where version = '202611210001'");
    }

    assertThatThrownBy(() -> Migration.run(database))
        .isInstanceOf(FlywayValidateException.class)
        .hasMessageContaining("202611210001");
  }

  @Tag("migration")
  @Test
  void aLockThatIsHeldForLongDelaysAMigrationAndDoesNotFailIt(ServersForTests.Postgres postgres)
      throws Exception {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    try (var pool = ServersForTests.Postgres.pool(database);
        var holder = pool.getConnection();
        var threads = Executors.newSingleThreadExecutor()) {
      holder.setAutoCommit(false);
      holder.createStatement().execute("lock table scan in access share mode");
      var migrated = threads.submit(() -> Migration.run(database, "classpath:db/migration", NEXT));
      Thread.sleep(7_000);
      assertThat(migrated.isDone()).isFalse();
      holder.rollback();
      migrated.get();
      assertThat(
              new JdbcTemplate(pool)
                  .queryForObject("select max(version) from schema_version", Integer.class))
          .isEqualTo(2);
    }
  }

  /** 40-33: a rolling upgrade fails nobody's request. */
  @Test
  void statementsPreparedBeforeAColumnCameWorkOn(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    try (var rooms = RoomsForTests.on(database);
        var owner = ServersForTests.Postgres.pool(database)) {
      var jdbc = rooms.getBean(JdbcTemplate.class);
      var transaction = new TransactionTemplate(rooms.getBean(PlatformTransactionManager.class));
      Runnable look =
          () ->
              Tenancy.run(
                  UUID.randomUUID(),
                  () ->
                      transaction.executeWithoutResult(
                          status -> jdbc.queryForList("select * from source where name = ?", "a")));
      for (int i = 0; i < 20; i++) {
        look.run();
      }
      new JdbcTemplate(owner).execute("alter table source add column came_later text");
      assertThatCode(look::run).doesNotThrowAnyException();
    }
  }
}
