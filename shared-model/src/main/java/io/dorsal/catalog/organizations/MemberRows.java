package io.dorsal.catalog.organizations;

import io.dorsal.access.DatabaseTimes;
import io.dorsal.access.OrganizationRole;
import io.dorsal.accounts.UserStatus;
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

/** Memberships in organizations as rows. Thread-safe. */
@Component
class MemberRows {

  private static final String MEMBERS =
      """
      select m.*, u.email, u.display_name, u.status
      from organization_member m
        join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
      where m.tenant_id = :tenant and m.organization_id = :organization
      """;

  private final JdbcClient jdbc;

  MemberRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** All of them, by name. */
  List<OrganizationMember> list(Organization organization) {
    return members(organization, "order by lower(u.display_name), lower(u.email), u.id", null);
  }

  Optional<OrganizationMember> find(Organization organization, UUID userId) {
    return members(organization, "and m.user_id = :user", userId).stream().findFirst();
  }

  private List<OrganizationMember> members(
      Organization organization, String rest, @Nullable UUID userId) {
    return jdbc.sql(MEMBERS + rest)
        .param("tenant", organization.tenantId())
        .param("organization", organization.id())
        .param("user", userId)
        .query((row, number) -> member(row))
        .list();
  }

  /** The users who administer it. */
  List<UUID> administrators(Organization organization) {
    return jdbc.sql(
            """
            select user_id from organization_member
            where tenant_id = :tenant and organization_id = :organization
              and role = 'ADMINISTRATOR'
            order by user_id
            """)
        .param("tenant", organization.tenantId())
        .param("organization", organization.id())
        .query(UUID.class)
        .list();
  }

  /** Whether anybody who may come in administers it; those who never came do not count. */
  boolean administered(Organization organization) {
    return jdbc.sql(
            """
            select exists (
              select 1 from organization_member m
                join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
              where m.tenant_id = :tenant and m.organization_id = :organization
                and m.role = 'ADMINISTRATOR' and u.is_active
                and u.status in ('ACTIVE', 'INACTIVE'))
            """)
        .param("tenant", organization.tenantId())
        .param("organization", organization.id())
        .query(Boolean.class)
        .single();
  }

  /**
   * @return false where the user is a member already
   */
  boolean add(
      Organization organization, UUID userId, OrganizationRole role, String actor, Instant now) {
    return jdbc.sql(
                """
                insert into organization_member
                    (tenant_id, organization_id, user_id, role, added_by, added_at)
                values (:tenant, :organization, :user, :role, :actor, :now)
                on conflict (tenant_id, organization_id, user_id) do nothing
                """)
            .param("tenant", organization.tenantId())
            .param("organization", organization.id())
            .param("user", userId)
            .param("role", role.name())
            .param("actor", actor)
            .param("now", DatabaseTimes.at(now))
            .update()
        == 1;
  }

  void save(OrganizationMember member, OrganizationRole role) {
    jdbc.sql(
            """
            update organization_member set role = :role, version = version + 1
            where tenant_id = :tenant and id = :id
            """)
        .param("role", role.name())
        .param("tenant", member.tenantId())
        .param("id", member.id())
        .update();
  }

  void remove(OrganizationMember member) {
    jdbc.sql("delete from organization_member where tenant_id = :tenant and id = :id")
        .param("tenant", member.tenantId())
        .param("id", member.id())
        .update();
  }

  private static OrganizationMember member(ResultSet row) throws SQLException {
    return new OrganizationMember(
        row.getObject("tenant_id", UUID.class),
        row.getObject("organization_id", UUID.class),
        row.getObject("id", UUID.class),
        row.getObject("user_id", UUID.class),
        row.getString("display_name"),
        row.getString("email"),
        UserStatus.valueOf(row.getString("status")),
        OrganizationRole.valueOf(row.getString("role")),
        row.getString("added_by"),
        Objects.requireNonNull(DatabaseTimes.instant(row, "added_at")),
        row.getInt("version"));
  }
}
