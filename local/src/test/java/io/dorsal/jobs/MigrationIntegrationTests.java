package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.local.ServersForTests;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;

@ExtendWith(ServersForTests.class)
class MigrationIntegrationTests {

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
      var migrated =
          threads.submit(
              () -> Migration.run(database, "classpath:db/migration", "classpath:db/next"));
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
}
