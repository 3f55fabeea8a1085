package io.dorsal.accounts;

import io.dorsal.access.DatabaseTimes;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The tenants there are, with what they settled. Thread-safe. */
@Component
public class Tenants {

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.shared();

  Tenants(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<Tenant> find(UUID id) {
    return jdbc.sql("select * from tenant where id = :id")
        .param("id", id)
        .query((row, number) -> tenant(row))
        .optional();
  }

  /** The same, and nobody else changes it until the transaction ends. */
  Optional<Tenant> hold(UUID id) {
    return jdbc.sql("select * from tenant where id = :id for no key update")
        .param("id", id)
        .query((row, number) -> tenant(row))
        .optional();
  }

  /** Keeps others from changing who administers the tenant until the transaction ends. */
  void lock(UUID id) {
    jdbc.sql("select 1 from tenant where id = :id for no key update")
        .param("id", id)
        .query(Integer.class)
        .optional();
  }

  /**
   * Makes an active tenant with default settings.
   *
   * @throws ProblemException NAME_TAKEN
   */
  Tenant create(UUID id, String name, String displayName) {
    int made =
        jdbc.sql(
                """
                insert into tenant (id, name, display_name) values (:id, :name, :display)
                on conflict do nothing
                """)
            .param("id", id)
            .param("name", name)
            .param("display", displayName)
            .update();
    if (made == 0) {
      throw new ProblemException(
          GeneralProblem.NAME_TAKEN, "There is already a tenant of this name or id.");
    }
    return find(id).orElseThrow();
  }

  /** By name, behind this one. */
  List<Tenant> page(
      @Nullable TenantStatus status, @Nullable String part, @Nullable String after, int most) {
    return jdbc.sql(
            """
            select * from tenant
            where (cast(:status as text) is null or status = :status)
              and (cast(:part as text) is null
                or position(lower(:part) in lower(name || ' ' || display_name)) > 0)
              and (cast(:after as text) is null or lower(name) > lower(:after))
            order by lower(name) limit :most
            """)
        .param("status", status == null ? null : status.name())
        .param("part", part)
        .param("after", after)
        .param("most", most)
        .query((row, number) -> tenant(row))
        .list();
  }

  /** Writes a held one back and makes its version one higher. */
  Tenant save(Tenant tenant) {
    jdbc.sql(
            """
            update tenant set display_name = :display, status = :status,
                suspended_via = case when :status = 'ACTIVE' then null else :via end,
                settings = cast(:settings as jsonb), limits = cast(:limits as jsonb),
                pending = cast(:pending as jsonb), purge_after = :purge, version = version + 1
            where id = :id
            """)
        .param("display", tenant.displayName())
        .param("status", tenant.status().name())
        .param("via", "OPERATOR")
        .param("settings", tenant.settled().chosen().toString())
        .param("limits", tenant.settled().ceilings().toString())
        .param("pending", written(tenant.settled().pending()).toString())
        .param("purge", DatabaseTimes.at(tenant.purgeAfter()))
        .param("id", tenant.id())
        .update();
    return find(tenant.id()).orElseThrow();
  }

  private JsonNode written(List<PendingChange> pending) {
    var list = json.createArrayNode();
    for (PendingChange each : pending) {
      list.addObject()
          .put("setting", each.setting())
          .put("effective_at", each.effectiveAt().toString())
          .put("requested_by", each.requestedBy())
          .set("from", each.from())
          .set("to", each.to());
    }
    return list;
  }

  private List<PendingChange> pending(String text) {
    List<PendingChange> pending = new ArrayList<>();
    for (JsonNode each : json.readTree(text)) {
      pending.add(
          new PendingChange(
              each.path("setting").asString(),
              each.path("from"),
              each.path("to"),
              Instant.parse(each.path("effective_at").asString()),
              each.path("requested_by").asString()));
    }
    return pending;
  }

  private Tenant tenant(ResultSet row) throws SQLException {
    OffsetDateTime purge = row.getObject("purge_after", OffsetDateTime.class);
    return new Tenant(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("display_name"),
        TenantStatus.valueOf(row.getString("status")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        new Settled(
            (ObjectNode) json.readTree(row.getString("settings")),
            (ObjectNode) json.readTree(row.getString("limits")),
            pending(row.getString("pending"))),
        purge == null ? null : purge.toInstant(),
        row.getInt("version"));
  }
}
