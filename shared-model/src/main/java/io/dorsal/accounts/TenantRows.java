package io.dorsal.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

/** Tenants as rows, with what they settled. Thread-safe. */
@Component
class TenantRows {

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.shared();

  TenantRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<TenantRecord> find(UUID id) {
    return jdbc.sql("select * from tenant where id = :id")
        .param("id", id)
        .query((row, number) -> tenant(row))
        .optional();
  }

  /** The same, and nobody else changes it until the transaction ends. */
  Optional<TenantRecord> hold(UUID id) {
    return jdbc.sql("select * from tenant where id = :id for no key update")
        .param("id", id)
        .query((row, number) -> tenant(row))
        .optional();
  }

  /** By name, behind this one. */
  List<TenantRecord> page(
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
  TenantRecord save(TenantRecord tenant) {
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
        .param("purge", at(tenant.purgeAfter()))
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

  private TenantRecord tenant(ResultSet row) throws SQLException {
    OffsetDateTime purge = row.getObject("purge_after", OffsetDateTime.class);
    return new TenantRecord(
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

  private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
