package io.dorsal.operations;

import io.dorsal.access.Caller;
import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was kept of actions and requests, for a tenant's administrator about the own tenant and for
 * an operator about all. Thread-safe.
 */
@Component
public class Traces {

  /** More hops than this are not shown. */
  static final int MOST_HOPS = 5_000;

  private final JdbcClient jdbc;

  Traces(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * All hops of one action in order of their beginning.
   *
   * @param durationMs from the first beginning to the last end that is known
   * @param truncated whether there are more hops than are shown
   */
  public record Timeline(
      String traceId, Instant startedAt, long durationMs, boolean truncated, List<Hop> hops) {}

  /**
   * One hop.
   *
   * @param offsetMs since the beginning of the first
   * @param state OPEN, OK, ERROR, or LOST for one that never ended and was done again
   */
  public record Hop(
      UUID tenantId,
      String kind,
      String name,
      String service,
      String instance,
      String spanId,
      @Nullable String parentSpanId,
      List<String> links,
      Instant startedAt,
      long offsetMs,
      @Nullable Long durationMs,
      String state,
      @Nullable String code,
      @Nullable String requestId,
      @Nullable String upstreamRequestId,
      JsonNode attributes) {

    private Hop placed(Instant first, Set<String> repeated) {
      return new Hop(
          tenantId,
          kind,
          name,
          service,
          instance,
          spanId,
          parentSpanId,
          links,
          startedAt,
          Duration.between(first, startedAt).toMillis(),
          durationMs,
          state.equals("OPEN") && repeated.contains(spanId) ? "LOST" : state,
          code,
          requestId,
          upstreamRequestId,
          attributes);
    }
  }

  /**
   * One request.
   *
   * @param tenantId null where the call proved no caller
   * @param problem the refusal's body as it was sent
   */
  public record KeptRequest(
      String requestId,
      String method,
      String route,
      int status,
      @Nullable String code,
      @Nullable UUID tenantId,
      @Nullable String userId,
      Instant at,
      long durationMs,
      String traceId,
      String service,
      @Nullable JsonNode problem) {}

  /**
   * The timeline of a trace.
   *
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED
   */
  public Timeline timeline(Caller caller, String traceId) {
    return asking(caller, () -> timeline(scope(caller), traceId))
        .orElseThrow(() -> unknown("There is no trace with this id, or it is over 30 days old."));
  }

  /**
   * The newest request with this id that was kept.
   *
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED
   */
  public KeptRequest request(Caller caller, String requestId) {
    return asking(caller, () -> request(scope(caller), requestId))
        .orElseThrow(
            () ->
                unknown(
                    "No request with this id was kept: every refusal and failure of the last 30"
                        + " days is, and one in a hundred of the rest."));
  }

  private static <T> T asking(Caller caller, Supplier<T> question) {
    if (caller.operator()) {
      return Tenancy.sweep(Sweeper.OPERATOR_TRACES, question::get);
    }
    caller.require(TenantRole.TENANT_ADMIN, "Reading traces");
    return question.get();
  }

  /** Null is every tenant. */
  private static @Nullable UUID scope(Caller caller) {
    return caller.operator() ? null : caller.tenantId();
  }

  /**
   * The same for work whose right to it is proven.
   *
   * @param tenant null is every tenant, which only a sweeper sees
   */
  public Optional<Timeline> timeline(@Nullable UUID tenant, String traceId) {
    List<Hop> hops =
        jdbc.sql(
                """
                select * from trace_event
                where trace_id = :trace and (cast(:tenant as uuid) is null or tenant_id = :tenant)
                order by started_at, duration_ms desc nulls first, span_id limit :most
                """)
            .param("trace", traceId)
            .param("tenant", tenant)
            .param("most", MOST_HOPS + 1)
            .query((row, n) -> hop(row))
            .list();
    if (hops.isEmpty()) {
      return Optional.empty();
    }
    Instant first = hops.getFirst().startedAt();
    Set<String> repeated = new HashSet<>();
    hops.forEach(hop -> repeated.addAll(hop.links()));
    long last =
        hops.stream()
            .filter(hop -> hop.durationMs() != null)
            .mapToLong(
                hop ->
                    Duration.between(first, hop.startedAt()).toMillis()
                        + (hop.kind().equals("BLOB") ? 0 : orZero(hop.durationMs())))
            .max()
            .orElse(0);
    return Optional.of(
        new Timeline(
            traceId,
            first,
            last,
            hops.size() > MOST_HOPS,
            hops.stream().limit(MOST_HOPS).map(hop -> hop.placed(first, repeated)).toList()));
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }

  /**
   * The same for work whose right to it is proven.
   *
   * @param tenant null is every tenant, which only a sweeper sees
   */
  public Optional<KeptRequest> request(@Nullable UUID tenant, String requestId) {
    return jdbc.sql(
            """
            select * from request_record
            where request_id = :request and (cast(:tenant as uuid) is null or tenant_id = :tenant)
            order by at desc, id desc limit 1
            """)
        .param("request", requestId)
        .param("tenant", tenant)
        .query((row, n) -> request(row))
        .optional();
  }

  private static Hop hop(ResultSet row) throws SQLException {
    return new Hop(
        row.getObject("tenant_id", UUID.class),
        row.getString("kind"),
        row.getString("name"),
        row.getString("service"),
        row.getString("instance"),
        row.getString("span_id"),
        row.getString("parent_span_id"),
        Arrays.asList((String[]) row.getArray("links").getArray()),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        0,
        row.getObject("duration_ms", Long.class),
        row.getString("state"),
        row.getString("code"),
        row.getString("request_id"),
        row.getString("upstream_request_id"),
        JsonMapper.shared().readTree(row.getString("attributes")));
  }

  private static KeptRequest request(ResultSet row) throws SQLException {
    UUID tenant = row.getObject("tenant_id", UUID.class);
    String problem = row.getString("problem");
    return new KeptRequest(
        row.getString("request_id"),
        row.getString("method"),
        row.getString("route"),
        row.getInt("status"),
        row.getString("code"),
        Kept.NO_TENANT.equals(tenant) ? null : tenant,
        row.getString("user_id"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getLong("duration_ms"),
        row.getString("trace_id"),
        row.getString("service"),
        problem == null ? null : JsonMapper.shared().readTree(problem));
  }

  private static ProblemException unknown(String detail) {
    return new ProblemException(GeneralProblem.NOT_FOUND, detail, Map.of());
  }
}
