package io.dorsal.support;

import io.dorsal.access.DatabaseTimes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a bundle is made of, each row as the database writes it in JSON. Asked in the name of a
 * tenant there is only what is the tenant's. Thread-safe.
 */
@Component
class BundleRows {

  private static final int MOST_ROWS = 10_000;
  private static final int MOST_LINES = 200_000;

  private final JdbcClient jdbc;

  BundleRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The trace of a request that was not kept by itself, from its hops. */
  Optional<String> traceOf(@Nullable UUID tenant, String requestId) {
    return jdbc.sql(
            """
            select trace_id from trace_event
            where request_id = :request and (cast(:tenant as uuid) is null or tenant_id = :tenant)
            order by started_at desc limit 1
            """)
        .param("request", requestId)
        .param("tenant", tenant)
        .query(String.class)
        .optional();
  }

  List<JsonNode> requestsOf(@Nullable UUID tenant, String traceId) {
    return rows(
        "select * from request_record where trace_id = :trace"
            + " and (cast(:tenant as uuid) is null or tenant_id = :tenant) order by at",
        spec -> spec.param("trace", traceId).param("tenant", tenant));
  }

  List<JsonNode> requestsIn(@Nullable UUID tenant, Instant from, Instant to) {
    return rows(
        "select * from request_record where at >= :from and at < :to"
            + " and (cast(:tenant as uuid) is null or tenant_id = :tenant) order by at",
        spec ->
            spec.param("from", DatabaseTimes.at(from))
                .param("to", DatabaseTimes.at(to))
                .param("tenant", tenant));
  }

  /** What failed or never ended. */
  List<JsonNode> troubleIn(@Nullable UUID tenant, Instant from, Instant to) {
    return rows(
        "select * from trace_event where started_at >= :from and started_at < :to"
            + " and state <> 'OK' and (cast(:tenant as uuid) is null or tenant_id = :tenant)"
            + " order by started_at",
        spec ->
            spec.param("from", DatabaseTimes.at(from))
                .param("to", DatabaseTimes.at(to))
                .param("tenant", tenant));
  }

  void linesOf(@Nullable UUID tenant, String traceId, Consumer<JsonNode> reader) {
    lines("trace_id = :trace", tenant, spec -> spec.param("trace", traceId), reader);
  }

  void linesIn(@Nullable UUID tenant, Instant from, Instant to, Consumer<JsonNode> reader) {
    lines(
        "at >= :from and at < :to",
        tenant,
        spec -> spec.param("from", DatabaseTimes.at(from)).param("to", DatabaseTimes.at(to)),
        reader);
  }

  private void lines(
      String where,
      @Nullable UUID tenant,
      Consumer<JdbcClient.StatementSpec> parameters,
      Consumer<JsonNode> reader) {
    var spec =
        jdbc.sql(
                "select to_jsonb(l) from log_line l where "
                    + where
                    + " and (cast(:tenant as uuid) is null or tenant_id = :tenant)"
                    + " order by at, id limit :most")
            .param("tenant", tenant)
            .param("most", MOST_LINES);
    parameters.accept(spec);
    spec.query(
        row -> {
          reader.accept(json(row.getString(1)));
        });
  }

  /**
   * The runs of the jobs that these hops are, with their steps. By hop, not by trace: another
   * tenant may have chosen the same trace id.
   *
   * @param traceParents what the jobs were told
   */
  List<JsonNode> jobsOf(List<String> traceParents) {
    return rows(
        """
        select e.job_execution_id, i.job_name, e.status, e.exit_code, e.create_time, e.start_time,
          e.end_time, (select jsonb_agg(to_jsonb(s) - 'exit_message' order by s.step_execution_id)
            from batch.batch_step_execution s
            where s.job_execution_id = e.job_execution_id) as steps
        from batch.batch_job_execution e
          join batch.batch_job_instance i on i.job_instance_id = e.job_instance_id
        where exists (select from batch.batch_job_execution_params p
          where p.job_execution_id = e.job_execution_id and p.parameter_name = 'trace_parent'
            and p.parameter_value = any (string_to_array(:parents, ',')))
        order by e.job_execution_id
        """,
        spec -> spec.param("parents", String.join(",", traceParents)));
  }

  /** The scans that the trace worked on: state, cause and counters. */
  List<JsonNode> scans(Set<UUID> scans) {
    return rows(
        """
        select s.id, s.state, s.number, s.mode, s.trigger_kind, s.cause_code, s.cause_detail,
          s.cause_fix, s.requested_at, s.started_at, s.listed_at, s.paused_at, s.finished_at,
          (select to_jsonb(p) - 'list_token' from scan_progress p where p.scan_id = s.id) as progress
        from scan s where s.id = any (cast(string_to_array(:scans, ',') as uuid[]))
        """,
        spec -> spec.param("scans", joined(scans)));
  }

  /** What is wrong with files of these scans; no names and no contents. */
  List<JsonNode> itemErrors(Set<UUID> scans) {
    return rows(
        """
        select i.scan_id, i.file_id, i.outcome, i.code, i.inspected_at
        from file_inspection i join scan s on s.source_id = i.source_id and s.id = i.scan_id
        where i.code is not null and s.id = any (cast(string_to_array(:scans, ',') as uuid[]))
        order by i.code, i.file_id
        """,
        spec -> spec.param("scans", joined(scans)));
  }

  List<JsonNode> outbox() {
    return rows(
        """
        select queue, count(*) as waiting,
          extract(epoch from now() - min(created_at))::bigint as oldest_s
        from outbox where sent_at is null group by queue
        """,
        spec -> {});
  }

  List<JsonNode> versions() {
    return rows(
        """
        select current_setting('server_version') as postgresql, now() as database_time,
          (select version from flyway_schema_history where success
            order by installed_rank desc limit 1) as schema
        """,
        spec -> {});
  }

  private List<JsonNode> rows(String sql, Consumer<JdbcClient.StatementSpec> parameters) {
    var spec = jdbc.sql("select to_jsonb(x) from (" + sql + ") x limit " + MOST_ROWS);
    parameters.accept(spec);
    return spec.query((row, n) -> json(row.getString(1))).list();
  }

  private static String joined(Set<UUID> ids) {
    return String.join(",", ids.stream().map(UUID::toString).toList());
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
