package io.dorsal.apikeys;

import io.dorsal.access.DatabaseTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of keys. */
@Component
class ApiKeyRows {

  private static final String COLUMNS =
      """
      tenant_id, id, prefix, kind, owner_id, name, scopes, allowed_cidrs, created_by, created_at,
      expires_at, replaced_by, revoked_at, last_used_at, last_used_ip, version
      """;

  private final JdbcClient jdbc;

  ApiKeyRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A key and the digest it is known by. */
  record Found(ApiKey key, byte[] hash) {}

  void add(ApiKey key, byte[] hash) {
    jdbc.sql(
            """
            insert into api_key (tenant_id, id, prefix, hash, kind, owner_id, name, scopes,
                allowed_cidrs, created_by, created_at, expires_at)
            values (:tenant, :id, :prefix, :hash, :kind, :owner, :name, :scopes, :cidrs, :by,
                :created, :expires)
            """)
        .param("tenant", key.tenantId())
        .param("id", key.id())
        .param("prefix", key.prefix())
        .param("hash", hash)
        .param("kind", key.kind().name())
        .param("owner", key.ownerId())
        .param("name", key.name())
        .param("scopes", key.scopes().toArray(String[]::new))
        .param("cidrs", key.allowedCidrs().toArray(String[]::new))
        .param("by", key.createdBy())
        .param("created", DatabaseTimes.at(key.createdAt()))
        .param("expires", DatabaseTimes.at(key.expiresAt()))
        .update();
  }

  /** Across tenants. */
  Optional<Found> withPrefix(String prefix) {
    return jdbc.sql("select hash, " + COLUMNS + " from api_key_of(:prefix)")
        .param("prefix", prefix)
        .query((row, number) -> new Found(key(row), row.getBytes("hash")))
        .optional();
  }

  Optional<ApiKey> find(UUID tenantId, UUID id) {
    return jdbc.sql("select " + COLUMNS + " from api_key where tenant_id = :tenant and id = :id")
        .param("tenant", tenantId)
        .param("id", id)
        .query((row, number) -> key(row))
        .optional();
  }

  /** The newest first; those of one owner, or all where that is null. */
  List<ApiKey> list(UUID tenantId, @Nullable UUID ownerId) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + """
                from api_key
                where tenant_id = :tenant and (cast(:owner as uuid) is null or owner_id = :owner)
                order by id desc
                """)
        .param("tenant", tenantId)
        .param("owner", ownerId)
        .query((row, number) -> key(row))
        .list();
  }

  /**
   * Makes changes to the keys of an owner or tenant wait for each other until the transaction ends.
   */
  void lockOwner(UUID tenantId, @Nullable UUID ownerId) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:what, 0))")
        .param("what", "api_key/" + tenantId + "/" + ownerId)
        .query(row -> {});
  }

  /** Active keys that no rotation replaced. */
  int counting(UUID tenantId, @Nullable UUID ownerId, Instant now) {
    return jdbc.sql(
            """
            select count(*) from api_key
            where tenant_id = :tenant and owner_id is not distinct from cast(:owner as uuid)
              and revoked_at is null and replaced_by is null and expires_at > :now
            """)
        .param("tenant", tenantId)
        .param("owner", ownerId)
        .param("now", DatabaseTimes.at(now))
        .query(Integer.class)
        .single();
  }

  /** Writes what may change; whoever does it holds {@link #lockOwner}. */
  void save(ApiKey key) {
    jdbc.sql(
            """
            update api_key set name = :name, scopes = :scopes, allowed_cidrs = :cidrs,
                expires_at = :expires, replaced_by = :replaced, revoked_at = :revoked,
                version = version + 1
            where tenant_id = :tenant and id = :id
            """)
        .param("name", key.name())
        .param("scopes", key.scopes().toArray(String[]::new))
        .param("cidrs", key.allowedCidrs().toArray(String[]::new))
        .param("expires", DatabaseTimes.at(key.expiresAt()))
        .param("replaced", key.replacedBy())
        .param("revoked", key.revokedAt() == null ? null : DatabaseTimes.at(key.revokedAt()))
        .param("tenant", key.tenantId())
        .param("id", key.id())
        .update();
  }

  /** At most once a minute, so that a busy key costs no statement each call. */
  void used(ApiKey key, @Nullable String ip, Instant now) {
    Instant before = now.minusSeconds(60);
    if (key.lastUsedAt() != null && key.lastUsedAt().isAfter(before)) {
      return;
    }
    jdbc.sql(
            """
            update api_key set last_used_at = :now, last_used_ip = :ip
            where tenant_id = :tenant and id = :id
              and (last_used_at is null or last_used_at <= :before)
            """)
        .param("now", DatabaseTimes.at(now))
        .param("before", DatabaseTimes.at(before))
        .param("ip", ip)
        .param("tenant", key.tenantId())
        .param("id", key.id())
        .update();
  }

  /** Across tenants: what ends in between and nothing replaced. */
  List<ApiKey> endingBetween(Instant from, Instant to) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + """
                from api_key
                where expires_at > :from and expires_at <= :to
                  and revoked_at is null and replaced_by is null
                order by expires_at
                """)
        .param("from", DatabaseTimes.at(from))
        .param("to", DatabaseTimes.at(to))
        .query((row, number) -> key(row))
        .list();
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    return new ApiKey(
        row.getObject("tenant_id", UUID.class),
        row.getObject("id", UUID.class),
        row.getString("prefix"),
        KeyKind.valueOf(row.getString("kind")),
        row.getObject("owner_id", UUID.class),
        row.getString("name"),
        texts(row, "scopes"),
        texts(row, "allowed_cidrs"),
        row.getString("created_by"),
        Objects.requireNonNull(DatabaseTimes.instant(row, "created_at")),
        Objects.requireNonNull(DatabaseTimes.instant(row, "expires_at")),
        row.getObject("replaced_by", UUID.class),
        DatabaseTimes.instant(row, "revoked_at"),
        DatabaseTimes.instant(row, "last_used_at"),
        row.getString("last_used_ip"),
        row.getInt("version"));
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
