package io.dorsal.access;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** One row in every table with tenant_id, whatever its columns are; the catalog says which. */
final class TenantRows {

  /** Columns that do not take just any value; {@code %s} is the tenant. */
  private static final Map<String, String> CHECKED =
      Map.ofEntries(
          Map.entry("users.status", "'ACTIVE'"),
          Map.entry("tenant_grant.role", "'AUDITOR'"),
          Map.entry("population_member.role", "'VIEWER'"),
          Map.entry("population_member.state", "'CONFIRMED'"),
          Map.entry("role_mapping.role", "'AUDITOR'"),
          Map.entry("api_key.kind", "'SERVICE'"),
          Map.entry("api_key.prefix", "'%s'"),
          Map.entry("webhook.state", "'ACTIVE'"),
          Map.entry("webhook_secret.kind", "'SIGNING'"),
          Map.entry("webhook_delivery.state", "'WAITING'"),
          Map.entry("mail.state", "'WAITING'"),
          Map.entry("organization.name_key", "'public'"),
          Map.entry("organization_member.role", "'MEMBER'"),
          Map.entry("population.state", "'ACTIVE'"),
          Map.entry("population_term.kind", "'BEHAVIOR'"),
          Map.entry("join_request.state", "'PENDING'"));

  private final JdbcTemplate superuser;

  /**
   * @param superuser on one connection, for the setting that leaves foreign keys alone
   */
  TenantRows(JdbcTemplate superuser) {
    this.superuser = superuser;
    superuser.execute("set session_replication_role = replica");
  }

  List<String> tables() {
    return superuser.query(
        """
        select c.relname from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
        where c.relnamespace = 'dorsal'::regnamespace and c.relkind in ('r', 'p')
          and has_table_privilege('dorsal_app', c.oid, 'select, insert, update, delete')
        order by 1
        """,
        (row, n) -> row.getString(1));
  }

  /** Writes the row of a tenant; rows of two tenants differ in nothing else but bytes. */
  void write(String table, UUID tenant) {
    superuser.execute(insert(table, tenant));
  }

  String insert(String table, UUID tenant) {
    record Column(String name, String type) {}
    List<Column> columns =
        superuser.query(
            """
            select attname, format_type(atttypid, atttypmod) from pg_attribute
            where attrelid = ('dorsal.' || ?)::regclass and attnum > 0 and not attisdropped
              and attnotnull and attidentity = '' and attgenerated = ''
            order by attnum
            """,
            (row, n) -> new Column(row.getString(1), row.getString(2)),
            table);
    String names =
        columns.stream().map(each -> '"' + each.name() + '"').collect(Collectors.joining(","));
    String values =
        columns.stream()
            .map(
                each ->
                    each.name().equals("tenant_id")
                        ? "'" + tenant + "'"
                        : CHECKED
                            .getOrDefault(table + "." + each.name(), value(each.type(), tenant))
                            .formatted(tenant))
            .collect(Collectors.joining(","));
    return "insert into dorsal." + table + " (" + names + ") values (" + values + ")";
  }

  private static String value(String type, UUID tenant) {
    if (type.endsWith("[]")) {
      return "'{}'";
    }
    return switch (type) {
      case "uuid" -> "'00000000-0000-0000-0000-000000000001'";
      case "boolean" -> "false";
      case "jsonb" -> "'{}'";
      case "bytea" -> "'" + tenant + "'";
      case "timestamp with time zone", "timestamp without time zone", "date" -> "'2026-11-29'";
      case "text" -> "'x'";
      default -> type.startsWith("character") ? "'x'" : "'1'";
    };
  }
}
