package io.dorsal.webhooks;

import io.dorsal.access.DatabaseTimes;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of webhooks. */
@Component
class WebhookRows {

  private final JdbcClient jdbc;

  WebhookRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(Webhook webhook) {
    written(
            """
            insert into webhook (tenant_id, id, name, url, events, share_ids, population_ids,
                user_ids, header_names, state, created_by, created_at)
            values (:tenant, :id, :name, :url, :events, cast(:shares as uuid[]),
                cast(:populations as uuid[]), cast(:users as uuid[]), :headers, :state, :by,
                :created)
            """,
            webhook)
        .param("by", webhook.createdBy())
        .param("created", DatabaseTimes.at(webhook.createdAt()))
        .update();
  }

  /** Writes what may change; whoever does it holds {@link #lock}. */
  void save(Webhook webhook) {
    written(
            """
            update webhook set name = :name, url = :url, events = :events,
                share_ids = cast(:shares as uuid[]),
                population_ids = cast(:populations as uuid[]),
                user_ids = cast(:users as uuid[]), header_names = :headers, state = :state,
                dropped = :dropped, version = version + 1
            where tenant_id = :tenant and id = :id
            """,
            webhook)
        .param("dropped", webhook.dropped())
        .update();
  }

  private JdbcClient.StatementSpec written(String sql, Webhook webhook) {
    return jdbc.sql(sql)
        .param("tenant", webhook.tenantId())
        .param("id", webhook.id())
        .param("name", webhook.name())
        .param("url", webhook.url())
        .param("events", webhook.events().toArray(String[]::new))
        .param("shares", texts(webhook.filters().shareIds()))
        .param("populations", texts(webhook.filters().populationIds()))
        .param("users", texts(webhook.filters().userIds()))
        .param("headers", webhook.headerNames().toArray(String[]::new))
        .param("state", webhook.state().name());
  }

  /** Its secrets and deliveries go with it. */
  void delete(Webhook webhook) {
    jdbc.sql("delete from webhook where tenant_id = :tenant and id = :id")
        .param("tenant", webhook.tenantId())
        .param("id", webhook.id())
        .update();
  }

  Optional<Webhook> find(UUID tenantId, UUID id) {
    return jdbc.sql("select * from webhook where tenant_id = :tenant and id = :id")
        .param("tenant", tenantId)
        .param("id", id)
        .query((row, number) -> webhook(row))
        .optional();
  }

  /** The same, and nobody else changes it until the transaction ends. */
  Optional<Webhook> lock(UUID tenantId, UUID id) {
    return jdbc.sql(
            "select * from webhook where tenant_id = :tenant and id = :id for no key update")
        .param("tenant", tenantId)
        .param("id", id)
        .query((row, number) -> webhook(row))
        .optional();
  }

  /** The newest first. */
  List<Webhook> list(UUID tenantId) {
    return jdbc.sql("select * from webhook where tenant_id = :tenant order by id desc")
        .param("tenant", tenantId)
        .query((row, number) -> webhook(row))
        .list();
  }

  /** Makes those wait who add webhooks to the tenant, until the transaction ends. */
  void lockTenant(UUID tenantId) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:what, 0))")
        .param("what", "webhook/" + tenantId)
        .query(row -> {});
  }

  private static Webhook webhook(ResultSet row) throws SQLException {
    return new Webhook(
        row.getObject("tenant_id", UUID.class),
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("url"),
        texts(row.getArray("events")),
        new WebhookFilters(
            ids(row.getArray("share_ids")),
            ids(row.getArray("population_ids")),
            ids(row.getArray("user_ids"))),
        texts(row.getArray("header_names")),
        WebhookState.valueOf(row.getString("state")),
        row.getLong("dropped"),
        row.getString("created_by"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getInt("version"));
  }

  /** The driver knows no arrays of UUID as parameters. */
  private static String[] texts(List<UUID> ids) {
    return ids.stream().map(UUID::toString).toArray(String[]::new);
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  private static List<UUID> ids(Array array) throws SQLException {
    return List.of((UUID[]) array.getArray());
  }
}
