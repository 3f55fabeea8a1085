package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.dorsal.jobs.Migration;
import io.dorsal.local.ServersForTests;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * 40 section 5: functions in the owner's name see rows of all tenants, and give out and take away
 * those of one only.
 */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class DefinersIntegrationTests {

  private static HikariDataSource ownersPool;
  private static HikariDataSource application;
  private static HikariDataSource maintenance;
  private static JdbcTemplate owner;
  private static JdbcTemplate app;
  private static JdbcTemplate maint;

  private final UUID a = UUID.randomUUID();
  private final UUID b = UUID.randomUUID();

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    ownersPool = ServersForTests.Postgres.pool(database);
    application = pool(database, "dorsal_app", "DORSAL_DATABASE_PASSWORD");
    maintenance = pool(database, "dorsal_maint", "DORSAL_MAINT_DATABASE_PASSWORD");
    owner = new JdbcTemplate(ownersPool);
    app = new JdbcTemplate(application);
    maint = new JdbcTemplate(maintenance);
  }

  /** Of one connection, so that a setting holds for what follows. */
  private static HikariDataSource pool(Map<String, String> database, String user, String password) {
    var pool =
        ServersForTests.Postgres.pool(database, user, String.valueOf(database.get(password)));
    pool.setMaximumPoolSize(1);
    return pool;
  }

  @AfterAll
  static void stop() {
    ownersPool.close();
    application.close();
    maintenance.close();
  }

  @Test
  void aCalendarsTokenTellsOfItsOwnFeedOnly() {
    for (UUID tenant : List.of(a, b)) {
      owner.update(
          """
          insert into dorsal.calendar_feed (tenant_id, user_id, token_hash, created_at)
          values (?, ?, ?, now())
          """,
          tenant,
          UUID.randomUUID(),
          hash(tenant));
    }
    app.execute("reset app.tenant_id");
    assertThat(feedOf(hash(a))).containsExactly(a);
    assertThat(feedOf(new byte[] {1})).isEmpty();
    assertThat(feedOf(null)).isEmpty();
    app.execute("set app.tenant_id = '" + b + "'");
    assertThat(feedOf(hash(a))).containsExactly(a);
  }

  private static byte[] hash(UUID tenant) {
    return ("token of " + tenant).getBytes(StandardCharsets.UTF_8);
  }

  private static List<@Nullable UUID> feedOf(byte @Nullable [] hash) {
    return app.queryForList(
        "select tenant_id from dorsal.calendar_feed_of(?)", UUID.class, (Object) hash);
  }

  @Test
  void aKeysPrefixTellsOfItsOwnKeyOnly() {
    for (UUID tenant : List.of(a, b)) {
      owner.update(
          """
          insert into dorsal.api_key (tenant_id, prefix, hash, kind, name, scopes, allowed_cidrs,
              created_by, created_at, expires_at)
          values (?, ?, '', 'SERVICE', 'K', '{}', '{}', 'x', now(), now())
          """,
          tenant,
          prefix(tenant));
    }
    app.execute("reset app.tenant_id");
    assertThat(keyOf(prefix(a))).containsExactly(a);
    for (String none : List.of("", "%", "________", prefix(a).substring(0, 7), prefix(a) + "'")) {
      assertThat(keyOf(none)).as(none).isEmpty();
    }
    assertThat(keyOf(null)).isEmpty();
    app.execute("set app.tenant_id = '" + b + "'");
    assertThat(keyOf(prefix(a))).containsExactly(a);
    assertThatThrownBy(() -> keyFrom(maint, prefix(a)))
        .hasStackTraceContaining("permission denied");
  }

  private static String prefix(UUID tenant) {
    return tenant.toString().substring(0, 8);
  }

  private static List<@Nullable UUID> keyOf(@Nullable String prefix) {
    return keyFrom(app, prefix);
  }

  private static List<@Nullable UUID> keyFrom(JdbcTemplate who, @Nullable String prefix) {
    return who.queryForList("select tenant_id from dorsal.api_key_of(?)", UUID.class, prefix);
  }

  @Test
  void onlyOldBatchesAreForgottenAndOnlyTheirTenants() {
    audited(a, 1, "91 days");
    audited(a, 2, "89 days");
    audited(b, 1, "91 days");
    assertThatThrownBy(() -> forget(app, a, 1)).hasStackTraceContaining("permission denied");
    assertThatThrownBy(() -> forget(maint, a, 2)).hasStackTraceContaining("never changed");
    assertThat(entries(a)).isEqualTo(2);

    assertThat(forget(maint, a, 1)).isEqualTo(1);
    assertThat(forget(maint, a, 1)).as("a second time").isZero();
    assertThat(forget(maint, a, 3)).as("no such batch").isZero();
    assertThat(entries(a)).isEqualTo(1);
    assertThat(entries(b)).as("in the same transactions").isEqualTo(1);
    assertThat(scope(maint)).isEmpty();
  }

  /** One batch of a tenant with one entry; the numbers stand for its transactions too. */
  private static void audited(UUID tenant, int number, String ago) {
    owner.update(
        """
        insert into dorsal.audit_entry (tenant_id, category, action, severity, actor, outcome, at,
            before, after, trace_id, tx)
        values (?, 'ADMIN', 'old', 'INFO', 'SYSTEM', 'DONE', now() - cast(? as interval), '{}', '{}',
            'none', cast(? as xid8))
        """,
        tenant,
        ago,
        String.valueOf(number));
    owner.update(
        """
        insert into dorsal.audit_batch (tenant_id, number, first_tx, end_tx, first_at, last_at,
            entries, before_hash, hash)
        select tenant_id, ?, tx, cast(? as xid8), at, at, 1, '', ''
        from dorsal.audit_entry where tenant_id = ? and tx = cast(? as xid8)
        """,
        number,
        String.valueOf(number + 1),
        tenant,
        String.valueOf(number));
  }

  private static long forget(JdbcTemplate who, UUID tenant, long batch) {
    return number(who, "select dorsal.audit_forget(?, ?)", tenant, batch);
  }

  @Test
  void onlyATenantWhoseGraceIsOverIsPurgedAndNoOther() {
    for (UUID tenant : List.of(a, b)) {
      owner.update(
          "insert into dorsal.tenant (id, name, display_name) values (?, ?, 'T')",
          tenant,
          tenant.toString());
      audited(tenant, 1, "1 day");
    }
    assertNotPurged("active");
    standing("status = 'DELETING', purge_after = now() + interval '1 minute'");
    assertNotPurged("in its days of grace");
    standing("status = 'SUSPENDED', purge_after = now() - interval '1 minute'");
    assertNotPurged("suspended");
    standing("status = 'DELETING', purge_after = null");
    assertNotPurged("without an end");
    standing("status = 'DELETING', purge_after = now() - interval '1 minute'");
    assertThatThrownBy(() -> purge(app, a)).hasStackTraceContaining("permission denied");
    assertThat(entries(a)).isEqualTo(1);

    assertThat(purge(maint, a)).isEqualTo(1);
    assertThat(entries(a)).isZero();
    assertThat(entries(b)).isEqualTo(1);
    assertThatThrownBy(() -> purge(maint, b)).hasStackTraceContaining("days of grace");
    assertThat(scope(maint)).isEmpty();
  }

  private void standing(String columns) {
    owner.update("update dorsal.tenant set " + columns + " where id = ?", a);
  }

  private void assertNotPurged(String standing) {
    assertThatThrownBy(() -> purge(maint, a))
        .as(standing)
        .hasStackTraceContaining("days of grace are over");
    assertThat(entries(a)).as(standing).isEqualTo(1);
  }

  private static long purge(JdbcTemplate who, UUID tenant) {
    return number(who, "select dorsal.purge_tenant_rows(?, 'dorsal.audit_entry', 10)", tenant);
  }

  private static long entries(UUID tenant) {
    return number(owner, "select count(*) from dorsal.audit_entry where tenant_id = ?", tenant);
  }

  private static long number(JdbcTemplate who, String sql, Object... values) {
    Long number = who.queryForObject(sql, Long.class, values);
    return number == null ? -1 : number;
  }

  /** The tenant that a function leaves behind in the session; empty for none. */
  private static String scope(JdbcTemplate who) {
    return String.valueOf(
        who.queryForObject(
            "select coalesce(current_setting('app.tenant_id', true), '')", String.class));
  }
}
