package io.dorsal.access;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

/** One row in every table with tenant_id, whatever its columns are; the catalog says which. */
final class TenantRows {

  private static final String CHECK_VIOLATION = "23514";

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
          and c.relname <> 'refused_message' order by 1
        """,
        (row, n) -> row.getString(1));
  }

  /**
   * Writes the row of a tenant; rows of two tenants differ in nothing else but bytes.
   *
   * @return false where the table's own checks want other values
   */
  boolean write(String table, UUID tenant) {
    try {
      superuser.execute(insert(table, tenant));
      return true;
    } catch (DataIntegrityViolationException e) {
      if (e.getRootCause() instanceof SQLException cause
          && CHECK_VIOLATION.equals(cause.getSQLState())) {
        return false;
      }
      throw e;
    }
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
                        : value(each.type(), tenant))
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
