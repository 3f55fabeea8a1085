package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.dorsal.jobs.Migration;
import io.dorsal.local.ServersForTests;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** 40-13: what the database itself keeps apart, asked as the role of all deployables. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class RowSecurityIntegrationTests {

  /** Every table without tenant_id, and why it needs none. */
  private static final Map<String, String> NO_TENANT =
      Map.ofEntries(
          Map.entry("flyway_schema_history", "which migrations ran"),
          Map.entry("rate_window", "digests of who called and seconds; names nobody"),
          Map.entry("running_task", "ids of work and of processes, nothing of a tenant"),
          Map.entry("lease", "ids of work and of workers, nothing of a tenant"),
          Map.entry(
              "refused_message",
              "out of the application's reach; a refused message proves no tenant"),
          Map.entry("storage_event", "ids that Event Grid made, before it is known whose they are"),
          Map.entry("tenant", "the tenants themselves, which operators keep"),
          Map.entry("platform_operator", "operators belong to no tenant"),
          Map.entry("tenant_deletion", "operators ask for it; it goes with the tenant's row"),
          Map.entry("deletion_certificate", "for operators; it outlives its tenant"),
          Map.entry("key_set_refresh", "one number for all processes"),
          Map.entry("cluster", "which deployment this is"),
          Map.entry("schema_version", "which releases migrated"),
          Map.entry("instance", "which processes run"),
          Map.entry("webhook_progress", "how far all tenants' audit is picked up for webhooks"),
          Map.entry("audit_sealed", "how far all tenants' audit is sealed"));

  /** Every key of a table with tenant_id that does not hold it, and why. */
  private static final Map<String, String> NO_TENANT_IN_KEY =
      Map.of(
          "refused_message_pkey", "the operator's",
          "outbox_pkey", "a number that the database gives out",
          "event_pkey", "a number that the database gives out",
          "scan_log_pkey", "a number that the database gives out",
          "request_record_pkey", "a number that the database gives out",
          "log_line_pkey", "a number that the database gives out",
          "api_key_prefix", "found before its tenant is known; names nothing",
          "calendar_feed_token", "the hash of 256 random bits, found before its tenant is known");

  /** Functions that see rows of all tenants; {@link DefinersIntegrationTests} isolates each. */
  private static final Set<String> DEFINERS =
      Set.of("calendar_feed_of", "audit_forget", "purge_tenant_rows", "api_key_of");

  private static final UUID A = UUID.fromString("aaaaaaaa-0000-0000-0000-000000000000");
  private static final UUID B = UUID.fromString("bbbbbbbb-0000-0000-0000-000000000000");

  private static HikariDataSource superuser;
  private static HikariDataSource application;
  private static JdbcTemplate admin;
  private static JdbcTemplate app;
  private static TenantRows rows;

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    superuser = ServersForTests.Postgres.superuser(database);
    application =
        ServersForTests.Postgres.pool(
            database, "dorsal_app", database.get("DORSAL_DATABASE_PASSWORD"));
    // One connection each, so that a setting holds for what follows.
    superuser.setMaximumPoolSize(1);
    application.setMaximumPoolSize(1);
    admin = new JdbcTemplate(superuser);
    app = new JdbcTemplate(application);
    rows = new TenantRows(admin);
  }

  @AfterAll
  static void stop() {
    superuser.close();
    application.close();
  }

  @Test
  void everyTenantTableHasTheOnePolicyAndNobodyIsExempt() {
    String wanted =
        "(tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid"
            + " AS \"nullif\"))";
    List<Map<String, @Nullable Object>> unlike =
        admin.queryForList(
            """
            select c.relname, c.relrowsecurity, c.relforcerowsecurity, a.attnotnull, p.policies
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
            cross join lateral (
              select string_agg(polcmd::text || ' ' || polpermissive::text || ' ' || polroles::text || ' '
                  || pg_get_expr(polqual, polrelid) || ' ' || pg_get_expr(polwithcheck, polrelid), ';')
                as policies
              from pg_policy where polrelid = c.oid) p
            where c.relnamespace = 'dorsal'::regnamespace and c.relkind in ('r', 'p')
              and has_table_privilege('dorsal_app', c.oid, 'select, insert, update, delete')
              and not (c.relrowsecurity and c.relforcerowsecurity and a.attnotnull
                       and coalesce(p.policies, '') = '* true {0} ' || ? || ' ' || ?)
            """,
            wanted, wanted);
    assertThat(unlike).as("tables that tenant_table() was not called for").isEmpty();
  }

  @Test
  void everyTableHasATenantOrAReason() {
    assertThat(
            admin.queryForList(
                """
                select c.relname from pg_class c
                where c.relnamespace = 'dorsal'::regnamespace and c.relkind in ('r', 'p')
                  and (not has_table_privilege('dorsal_app', c.oid, 'select, insert, update, delete')
                       or not exists (select from pg_attribute a where a.attrelid = c.oid
                                  and a.attname = 'tenant_id' and not a.attisdropped))
                """,
                String.class))
        .isSubsetOf(NO_TENANT.keySet());
  }

  @Test
  void everyKeyOfATenantTableHoldsTheTenantOrHasAReason() {
    assertThat(
            admin.queryForList(
                """
                select i.relname from pg_index x join pg_class i on i.oid = x.indexrelid
                join pg_attribute t on t.attrelid = x.indrelid and t.attname = 'tenant_id'
                join pg_class c on c.oid = x.indrelid
                where c.relnamespace = 'dorsal'::regnamespace and x.indisunique
                  and not t.attnum = any(x.indkey)
                union all
                select c.conname from pg_constraint c
                join pg_attribute t on t.attrelid = c.conrelid and t.attname = 'tenant_id'
                where c.connamespace = 'dorsal'::regnamespace and c.contype = 'f'
                  and not t.attnum = any(c.conkey)
                """,
                String.class))
        .isSubsetOf(NO_TENANT_IN_KEY.keySet());
  }

  /** Two tenants may hold rows that are equal in all but the tenant, and each sees its own. */
  @Test
  void withoutATenantEveryTableIsEmptyAndRefusesRows() {
    for (String table : rows.tables()) {
      rows.write(table, A);
      rows.write(table, B);
      for (String nobody : List.of("reset app.tenant_id", "set app.tenant_id = ''")) {
        app.execute(nobody);
        assertThat(count(table)).as("%s after %s", table, nobody).isZero();
        assertRefused(rows.insert(table, A));
      }
      app.execute("set app.tenant_id = '" + B + "'");
      assertThat(count(table)).as(table).isEqualTo(1);
      assertRefused(rows.insert(table, A));
      assertThat(
              changed(
                  "update dorsal."
                      + table
                      + " set tenant_id = tenant_id where tenant_id = '"
                      + A
                      + "'"))
          .as(table)
          .isZero();
      assertThat(changed("delete from dorsal." + table + " where tenant_id = '" + A + "'"))
          .as(table)
          .isZero();
    }
  }

  private static long count(String table) {
    Long rows = app.queryForObject("select count(*) from dorsal." + table, Long.class);
    return rows == null ? -1 : rows;
  }

  private static void assertRefused(String insert) {
    assertThatThrownBy(() -> app.execute(insert))
        .isInstanceOf(DataAccessException.class)
        .as(insert)
        .matches(RowSecurityIntegrationTests::isPrivilege);
  }

  private static boolean isPrivilege(Throwable failure) {
    return failure instanceof DataAccessException e
        && e.getRootCause() instanceof SQLException cause
        && "42501".equals(cause.getSQLState());
  }

  /** Rows changed; none where the role may not even try. */
  private static int changed(String sql) {
    try {
      return app.update(sql);
    } catch (DataAccessException e) {
      if (isPrivilege(e)) {
        return 0;
      }
      throw e;
    }
  }

  @Test
  void theRoleOfTheDeployablesOwnsNothingAndBecomesNobodyElse() {
    assertThat(
            admin.queryForList(
                """
                select c.relname from pg_class c join pg_roles r on r.oid = c.relowner
                where c.relnamespace in ('dorsal'::regnamespace, 'batch'::regnamespace)
                  and r.rolname <> 'dorsal_migrate'
                """))
        .isEmpty();
    assertThat(
            admin.queryForMap(
                """
                select rolsuper, rolbypassrls, rolcreaterole,
                       exists (select from pg_auth_members where member = oid) as member
                from pg_roles where rolname = 'dorsal_app'
                """))
        .containsValues(false)
        .doesNotContainValue(true);
    for (String role : List.of("dorsal_maint", "dorsal_migrate")) {
      assertThatThrownBy(() -> app.execute("set role " + role))
          .matches(RowSecurityIntegrationTests::isPrivilege);
    }
    assertThatThrownBy(() -> app.execute("set row_security = off; select * from dorsal.scan"))
        .matches(RowSecurityIntegrationTests::isPrivilege);
    app.execute("reset row_security");
  }

  /** 40-31, the half of the role. */
  @Test
  void auditEntriesAreNotChangedByAnyRoleOfAProcess() {
    for (String role : List.of("dorsal_app", "dorsal_maint")) {
      assertThat(
              admin.queryForMap(
                  """
                  select has_table_privilege(?, 'dorsal.audit_entry', 'update') as changes,
                         has_table_privilege(?, 'dorsal.audit_entry', 'delete') as deletes,
                         has_table_privilege(?, 'dorsal.audit_entry', 'truncate') as empties
                  """,
                  role,
                  role,
                  role))
          .doesNotContainValue(true);
    }
    app.execute("set app.tenant_id = '" + A + "'");
    assertThatThrownBy(() -> app.execute("delete from dorsal.audit_entry"))
        .matches(RowSecurityIntegrationTests::isPrivilege);
  }

  @Test
  void onlyListedFunctionsSeeRowsOfAllTenants() {
    assertThat(
            admin.queryForList(
                """
                select proname from pg_proc
                where pronamespace = 'dorsal'::regnamespace and prosecdef
                """,
                String.class))
        .isSubsetOf(DEFINERS);
    assertThat(
            admin.queryForList(
                """
                select proname from pg_proc
                where pronamespace = 'dorsal'::regnamespace and prosecdef
                  and (has_function_privilege('public', oid, 'execute')
                       or not coalesce(proconfig::text, '') like '%search_path=dorsal, pg_temp%')
                """))
        .isEmpty();
  }
}
