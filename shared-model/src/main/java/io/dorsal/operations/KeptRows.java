package io.dorsal.operations;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The rows of what is kept, signed with this process's name. Thread-safe. */
@Component
class KeptRows {

  private static final int AT_ONCE = 500;

  private final JdbcTemplate jdbc;
  private final String service;
  private final String instance;

  KeptRows(JdbcTemplate jdbc, Environment environment) {
    this.jdbc = jdbc;
    this.service = environment.getProperty("spring.application.name", "dorsal");
    this.instance = environment.getProperty("dorsal.worker-id", host()) + "/" + pid();
  }

  String service() {
    return service;
  }

  String instance() {
    return instance;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static long pid() {
    return ManagementFactory.getRuntimeMXBean().getPid();
  }

  void insert(List<Kept> batch) {
    hops(batch.stream().filter(Kept.Hop.class::isInstance).map(Kept.Hop.class::cast).toList());
    requests(
        batch.stream()
            .filter(Kept.Request.class::isInstance)
            .map(Kept.Request.class::cast)
            .toList());
    lines(batch.stream().filter(Kept.Line.class::isInstance).map(Kept.Line.class::cast).toList());
  }

  /** The end of a hop may come before its beginning, from another process. */
  private void hops(List<Kept.Hop> hops) {
    jdbc.batchUpdate(
        """
        insert into trace_event as t (tenant_id, trace_id, span_id, parent_span_id, kind, name,
            service, instance, started_at, duration_ms, state, code, request_id,
            upstream_request_id, links, attributes)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, string_to_array(?, ' '),
            cast(? as jsonb))
        on conflict (tenant_id, trace_id, span_id) do update set
            parent_span_id = coalesce(excluded.parent_span_id, t.parent_span_id),
            started_at = least(t.started_at, excluded.started_at),
            duration_ms = coalesce(excluded.duration_ms, t.duration_ms),
            state = case when excluded.state = 'OPEN' then t.state else excluded.state end,
            code = coalesce(excluded.code, t.code),
            upstream_request_id = coalesce(excluded.upstream_request_id, t.upstream_request_id),
            links = case when excluded.state = 'OPEN' then t.links else excluded.links end,
            attributes = t.attributes || excluded.attributes
        """,
        hops,
        AT_ONCE,
        this::hop);
  }

  private void hop(PreparedStatement row, Kept.Hop hop) throws SQLException {
    row.setObject(1, hop.tenantId());
    row.setString(2, hop.traceId());
    row.setString(3, hop.spanId());
    row.setString(4, hop.parentSpanId());
    row.setString(5, hop.kind().name());
    row.setString(6, hop.name());
    row.setString(7, service);
    row.setString(8, instance);
    at(row, 9, hop.startedAt());
    row.setObject(10, hop.durationMs(), Types.BIGINT);
    row.setString(11, hop.state().name());
    row.setString(12, hop.code());
    row.setString(13, hop.requestId());
    row.setString(14, hop.upstreamRequestId());
    row.setString(15, String.join(" ", hop.links()));
    row.setString(16, json(hop.attributes()));
  }

  private void requests(List<Kept.Request> requests) {
    jdbc.batchUpdate(
        """
        insert into request_record (tenant_id, request_id, at, method, route, status, code,
            user_id, trace_id, duration_ms, service, instance, problem)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb))
        """,
        requests,
        AT_ONCE,
        (row, request) -> {
          row.setObject(1, request.tenantId());
          row.setString(2, request.requestId());
          at(row, 3, request.at());
          row.setString(4, request.method());
          row.setString(5, request.route());
          row.setInt(6, request.status());
          row.setString(7, request.code());
          row.setString(8, request.userId());
          row.setString(9, request.traceId());
          row.setLong(10, request.durationMs());
          row.setString(11, service);
          row.setString(12, instance);
          row.setString(13, request.problem());
        });
  }

  private void lines(List<Kept.Line> lines) {
    jdbc.batchUpdate(
        """
        insert into log_line (tenant_id, at, level, logger, message, service, instance, trace_id,
            span_id, request_id, user_id, error)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        lines,
        AT_ONCE,
        (row, line) -> {
          row.setObject(1, line.tenantId());
          at(row, 2, line.at());
          row.setString(3, line.level());
          row.setString(4, line.logger());
          row.setString(5, line.message());
          row.setString(6, service);
          row.setString(7, instance);
          row.setString(8, line.traceId());
          row.setString(9, line.spanId());
          row.setString(10, line.requestId());
          row.setString(11, line.userId());
          row.setString(12, line.error());
        });
  }

  private static void at(PreparedStatement row, int column, Instant instant) throws SQLException {
    row.setObject(column, instant.atOffset(ZoneOffset.UTC));
  }

  private static String json(Object value) {
    return Redactor.redact(JsonMapper.shared().writeValueAsString(value));
  }
}
