package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.local.ServersForTests;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * 40-33: this release on its own schema, on the next one, and on one that is too new for it. All
 * other tests run on the next one with {@code ./dorsal test --next-schema}.
 */
@Tag("migration")
@SuppressWarnings("NullAway.Init")
class SchemaGuardIntegrationTests {

  private static ScanFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = ScanFixture.start(UnaryOperator.identity());
  }

  @AfterAll
  static void end() throws Exception {
    fixture.close();
  }

  @Test
  void theNextSchemaIsWorkedWithAndTheOneBehindItIsNotTouched() throws Exception {
    Archive archive = fixture.archive("schema", 700);
    fixture.awaitState(fixture.scan(archive), "COMPLETED");

    Migration.run(environment(), "classpath:db/migration", MigrationIntegrationTests.NEXT);
    UUID onTheNext = fixture.scan(archive);
    fixture.awaitState(onTheNext, "COMPLETED");
    fixture.assertExact(archive, onTheNext);

    version("insert into schema_version (version) values (3)");
    // What was seen is believed for two seconds; the server counts writes up to ten seconds late.
    Thread.sleep(13_000);
    long rows = writes();
    var refused = fixture.api().post("/scans", Map.of("source_id", archive.source()));
    assertThat(refused.status()).as("%s", refused.body()).isEqualTo(503);
    assertThat(refused.body().path("code").asString()).isEqualTo("SCHEMA_VERSION_MISMATCH");
    assertThat(refused.body().path("retryable").asBoolean()).isTrue();
    assertThat(fixture.api().get("/scans/" + onTheNext).status()).isEqualTo(503);
    JsonNode ready = fixture.api().get("/ready").body();
    assertThat(ready.path("status").asString()).isEqualTo("NOT_READY");
    assertThat(ready.at("/checks/schema").asBoolean()).isFalse();
    assertThat(ready.at("/checks/database").asBoolean()).isTrue();
    assertThat(fixture.api().get("/health").status()).isEqualTo(200);
    Thread.sleep(13_000);
    assertThat(writes()).isEqualTo(rows);

    version("delete from schema_version where version = 3");
    Thread.sleep(2_500);
    fixture.awaitState(fixture.scan(archive), "COMPLETED");
  }

  private static Map<String, String> environment() {
    return fixture.stack().database().migration();
  }

  private static void version(String change) throws Exception {
    try (var pool = ServersForTests.Postgres.pool(environment());
        var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(change);
    }
  }

  /** Rows written so far to any of Dorsal's tables, instances' heartbeats too. */
  private static long writes() throws Exception {
    try (var connection = java.sql.DriverManager.getConnection(fixture.stack().jdbcUrl());
        var statement = connection.createStatement()) {
      statement.execute("select pg_stat_clear_snapshot()");
      try (var row =
          statement.executeQuery(
              "select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_all_tables"
                  + " where schemaname in ('dorsal', 'batch') and relname <> 'schema_version'")) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
