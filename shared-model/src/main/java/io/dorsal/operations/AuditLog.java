package io.dorsal.operations;

import io.dorsal.access.Caller;
import io.dorsal.access.DatabaseTimes;
import io.dorsal.access.TenantRole;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the audit log of a tenant, newest entry first. Thread-safe. */
@Component
public class AuditLog {

  private static final int PAGE_OF_ALL = 5_000;

  private static final String MATCHING =
      """
      from audit_entry
      where tenant_id = :tenant
        and (cast(:category as text) is null or category = :category)
        and (cast(:action as text) is null or action = :action)
        and (cast(:user as text) is null or user_id = :user or actor = :user or key_id = :user)
        and (cast(:resource as uuid) is null or resource_id = :resource)
        and (cast(:ip as text) is null or ip = :ip)
        and (cast(:code as text) is null or code = :code)
        and (cast(:from as timestamptz) is null or at >= :from)
        and (cast(:to as timestamptz) is null or at < :to)
        and (cast(:q as text) is null
          or position(lower(:q) in lower(concat_ws(' ', action, resource_name, before, after))) > 0)
      """;

  private final JdbcClient jdbc;

  AuditLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether the caller may read the log: administrators and auditors of the tenant. */
  public static void require(Caller caller) {
    caller.require(TenantRole.AUDITOR, "Reading the audit log");
  }

  /**
   * A page.
   *
   * @param after the position of the last entry seen, as {@link #position}; null begins
   */
  public List<AuditEntry> page(
      Caller caller, AuditFilter filter, @Nullable String after, int most) {
    require(caller);
    return page(caller.tenantId(), filter, after, most);
  }

  /** One entry; empty where it is forgotten. */
  public Optional<AuditEntry> find(UUID tenant, UUID eventId) {
    return jdbc.sql("select * from audit_entry where tenant_id = :tenant and event_id = :event")
        .param("tenant", tenant)
        .param("event", eventId)
        .query((row, n) -> entry(row))
        .optional();
  }

  /** How many entries match, counted up to a limit. */
  public long count(Caller caller, AuditFilter filter, long upTo) {
    require(caller);
    return matching("select count(*) from (select 1 " + MATCHING + " limit :upTo) one", filter)
        .param("tenant", caller.tenantId())
        .param("upTo", upTo)
        .query(Long.class)
        .single();
  }

  /** Hands on every entry that matches, page by page. */
  public void all(UUID tenant, AuditFilter filter, Consumer<AuditEntry> reader) {
    String after = null;
    List<AuditEntry> page;
    do {
      page = page(tenant, filter, after, PAGE_OF_ALL);
      page.forEach(reader);
      after = page.isEmpty() ? null : position(page.getLast());
    } while (page.size() == PAGE_OF_ALL);
  }

  /** Where an entry stands in the list. */
  public static String position(AuditEntry entry) {
    return entry.ts() + " " + entry.eventId();
  }

  private List<AuditEntry> page(UUID tenant, AuditFilter filter, @Nullable String after, int most) {
    String[] place = after == null ? null : after.split(" ", -1);
    return matching(
            "select * "
                + MATCHING
                + (place == null ? "" : " and (at, event_id) < (:placeAt, :placeId)")
                + " order by at desc, event_id desc limit :most",
            filter)
        .param("tenant", tenant)
        .param("most", most)
        .param("placeAt", place == null ? null : DatabaseTimes.at(Instant.parse(place[0])))
        .param("placeId", place == null ? null : UUID.fromString(place[1]))
        .query((row, n) -> entry(row))
        .list();
  }

  private JdbcClient.StatementSpec matching(String sql, AuditFilter filter) {
    return jdbc.sql(sql)
        .param("category", filter.category() == null ? null : filter.category().name())
        .param("action", filter.action())
        .param("user", filter.userId())
        .param("resource", filter.resourceId())
        .param("ip", filter.ip())
        .param("code", filter.code())
        .param("from", DatabaseTimes.at(filter.from()))
        .param("to", DatabaseTimes.at(filter.to()))
        .param("q", filter.q());
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    String type = row.getString("resource_type");
    return new AuditEntry(
        row.getObject("event_id", UUID.class),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getObject("tenant_id", UUID.class),
        row.getString("category"),
        row.getString("action"),
        row.getString("severity"),
        actor(row),
        row.getString("service_account"),
        row.getString("ip"),
        row.getString("user_agent"),
        type == null
            ? null
            : new AuditEntry.Resource(
                type, row.getObject("resource_id", UUID.class), row.getString("resource_name")),
        json(row.getString("before")),
        json(row.getString("after")),
        row.getString("outcome"),
        row.getString("code"),
        row.getString("request_id"),
        row.getString("trace_id"));
  }

  private static AuditEntry.Actor actor(ResultSet row) throws SQLException {
    String key = row.getString("key_id");
    if (key != null) {
      return new AuditEntry.Actor(null, key, null);
    }
    String actor = row.getString("actor");
    return actor.equals(StateChange.SYSTEM)
        ? new AuditEntry.Actor(null, null, true)
        : new AuditEntry.Actor(actor, null, null);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
