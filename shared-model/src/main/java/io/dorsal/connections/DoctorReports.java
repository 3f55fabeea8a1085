package io.dorsal.connections;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The newest reports of each connection. All in the caller's transaction, if there is one. */
@Component
class DoctorReports {

  private static final int KEPT = 20;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;

  DoctorReports(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps the report, and forgets all but the newest. */
  void keep(Connection connection, DoctorReport report) {
    jdbc.sql(
            """
            insert into doctor_report
              (id, tenant_id, connection_id, at, duration_ms, secret_version, status, can_list,
               can_list_containers, can_read, can_copy, expires_at, steps, findings)
            values (:id, :tenant, :connection, :at, :duration, :secret, :status, :list,
                    :containers, :read, :copy, :expires, cast(:steps as jsonb),
                    cast(:findings as jsonb))
            """)
        .param("id", report.id())
        .param("tenant", connection.tenantId())
        .param("connection", connection.id())
        .param("at", Timestamp.from(report.at()))
        .param("duration", report.durationMs())
        .param("secret", report.secretVersion())
        .param("status", report.status().name())
        .param("list", report.capabilities().list().name())
        .param("containers", report.capabilities().listContainers().name())
        .param("read", report.capabilities().read().name())
        .param("copy", report.capabilities().copy().name())
        .param("expires", report.expiresAt() == null ? null : Timestamp.from(report.expiresAt()))
        .param("steps", JSON.writeValueAsString(report.steps()))
        .param("findings", JSON.writeValueAsString(report.findings()))
        .update();
    jdbc.sql(
            """
            delete from doctor_report where connection_id = :connection and id not in (
              select id from doctor_report where connection_id = :connection
              order by at desc, id desc limit :kept)
            """)
        .param("connection", connection.id())
        .param("kept", KEPT)
        .update();
  }

  /** The newest first. */
  List<DoctorReport> of(UUID tenantId, UUID connectionId) {
    return jdbc.sql(
            """
            select * from doctor_report
            where tenant_id = :tenant and connection_id = :connection
            order by at desc, id desc limit :kept
            """)
        .param("tenant", tenantId)
        .param("connection", connectionId)
        .param("kept", KEPT)
        .query((row, number) -> report(row))
        .list();
  }

  private static DoctorReport report(ResultSet row) throws SQLException {
    Timestamp expires = row.getTimestamp("expires_at");
    return new DoctorReport(
        row.getObject("id", UUID.class),
        instant(row.getTimestamp("at")),
        row.getLong("duration_ms"),
        row.getInt("secret_version"),
        ConnectionStatus.valueOf(row.getString("status")),
        new Capabilities(
            Capability.valueOf(row.getString("can_list")),
            Capability.valueOf(row.getString("can_list_containers")),
            Capability.valueOf(row.getString("can_read")),
            Capability.valueOf(row.getString("can_copy"))),
        expires == null ? null : instant(expires),
        List.of(JSON.readValue(row.getString("steps"), DoctorReport.Step[].class)),
        List.of(JSON.readValue(row.getString("findings"), Diagnosis[].class)));
  }

  private static Instant instant(Timestamp timestamp) {
    return timestamp.toInstant();
  }
}
