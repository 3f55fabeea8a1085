package io.dorsal.accounts;

import io.dorsal.access.Caller;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tenant's people, page by page. Thread-safe. */
@Component
public class UserList {

  private final JdbcClient jdbc;
  private final Grants grants;

  UserList(JdbcClient jdbc, Grants grants) {
    this.jdbc = jdbc;
    this.grants = grants;
  }

  /**
   * Which users.
   *
   * @param role the highest in the tenant
   * @param text part of the address or name, whatever the case
   */
  public record Filter(
      @Nullable UserStatus status, @Nullable TenantRole role, @Nullable String text) {}

  /** The last one of a page; the next page begins behind it. */
  public record Place(Instant createdAt, UUID id) {}

  /**
   * Newest first.
   *
   * @throws ProblemException PERMISSION_DENIED
   */
  public List<Users.Member> page(Caller caller, Filter filter, @Nullable Place after, int limit) {
    caller.require(TenantRole.TENANT_ADMIN, "Reading users");
    return jdbc
        .sql(
            """
            select u.* from users u
            where u.tenant_id = :tenant
              and (:status::text is null or u.status = :status)
              and (:role::text is null or :role = coalesce(
                (select max(h.role) from held_tenant_role h
                 where h.tenant_id = u.tenant_id and h.user_id = u.id), 'MEMBER'))
              and (:text::text is null or position(lower(:text) in lower(u.email)) > 0
                or position(lower(:text) in lower(u.display_name)) > 0)
              and (:at::timestamptz is null or (u.created_at, u.id) < (:at, :id::uuid))
            order by u.created_at desc, u.id desc
            limit :limit
            """)
        .param("tenant", caller.tenantId())
        .param("status", filter.status() == null ? null : filter.status().name())
        .param("role", filter.role() == null ? null : filter.role().name())
        .param("text", filter.text())
        .param("at", UserRows.time(after == null ? null : after.createdAt()))
        .param("id", after == null ? null : after.id())
        .param("limit", limit)
        .query((row, number) -> UserRows.user(row))
        .list()
        .stream()
        .map(user -> new Users.Member(user, grants.of(user.tenantId(), user.id())))
        .toList();
  }
}
