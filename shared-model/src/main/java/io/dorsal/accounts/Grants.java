package io.dorsal.accounts;

import io.dorsal.access.OrganizationRole;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.TenantRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which roles people hold, and by what. Thread-safe. */
@Component
class Grants {

  private static final List<String> MOVES =
      List.of(
          """
          delete from population_member gone using population_member invited
          where gone.tenant_id = :tenant and gone.user_id = :to and gone.state = 'REMOVED'
            and invited.tenant_id = :tenant and invited.user_id = :from
            and invited.population_id = gone.population_id
          """,
          """
          update population_member m set user_id = :to
          where m.tenant_id = :tenant and m.user_id = :from and not exists (
            select 1 from population_member held where held.tenant_id = :tenant
              and held.user_id = :to and held.population_id = m.population_id)
          """,
          """
          update organization_member m set user_id = :to
          where m.tenant_id = :tenant and m.user_id = :from and not exists (
            select 1 from organization_member held where held.tenant_id = :tenant
              and held.user_id = :to and held.organization_id = m.organization_id)
          """,
          """
          insert into tenant_grant (tenant_id, user_id, role, granted_by)
          select tenant_id, cast(:to as uuid), role, granted_by from tenant_grant
          where tenant_id = :tenant and user_id = :from
          on conflict do nothing
          """);

  private final JdbcClient jdbc;

  Grants(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** All of them; a role may be there twice, by a person and by a group. */
  List<HeldRole> of(UUID tenantId, UUID userId) {
    return jdbc.sql(
            """
            select role, null::uuid as population_id, null::uuid as organization_id, group_name
            from held_tenant_role where tenant_id = :tenant and user_id = :user
            union all
            select role, population_id, null, group_name
            from held_population_role where tenant_id = :tenant and user_id = :user
            union all
            select role, null, organization_id, null
            from organization_member where tenant_id = :tenant and user_id = :user
            order by 3 nulls first, 2 nulls first, 1, 4 nulls first
            """)
        .param("tenant", tenantId)
        .param("user", userId)
        .query(
            (row, number) ->
                new HeldRole(
                    row.getString("role"),
                    row.getObject("population_id", UUID.class),
                    row.getObject("organization_id", UUID.class),
                    row.getString("group_name")))
        .list();
  }

  /** The highest role in the tenant. */
  static TenantRole highest(List<HeldRole> held) {
    return held.stream()
        .filter(each -> each.populationId() == null && each.organizationId() == null)
        .map(each -> TenantRole.valueOf(each.role()))
        .max(Comparator.naturalOrder())
        .orElse(TenantRole.MEMBER);
  }

  /** The highest role in each population. */
  static Map<UUID, PopulationRole> populations(List<HeldRole> held) {
    Map<UUID, PopulationRole> highest = new HashMap<>();
    for (HeldRole each : held) {
      if (each.populationId() != null) {
        highest.merge(
            each.populationId(),
            PopulationRole.valueOf(each.role()),
            (one, other) -> one.includes(other) ? one : other);
      }
    }
    return highest;
  }

  /** The role in each organization. */
  static Map<UUID, OrganizationRole> organizations(List<HeldRole> held) {
    Map<UUID, OrganizationRole> roles = new HashMap<>();
    for (HeldRole each : held) {
      if (each.organizationId() != null) {
        roles.put(each.organizationId(), OrganizationRole.valueOf(each.role()));
      }
    }
    return roles;
  }

  /** Whether anybody who may come in administers the tenant; those who never came do not count. */
  boolean administered(UUID tenantId) {
    return jdbc.sql(
            """
            select exists (
              select 1 from held_tenant_role h
                join users u on u.tenant_id = h.tenant_id and u.id = h.user_id
              where h.tenant_id = :tenant and h.role = 'TENANT_ADMIN' and u.is_active
                and u.status in ('ACTIVE', 'INACTIVE'))
            """)
        .param("tenant", tenantId)
        .query(Boolean.class)
        .single();
  }

  /** The roles in the tenant that people gave the user. */
  List<String> given(UUID tenantId, UUID userId) {
    return jdbc.sql(
            """
            select role from tenant_grant where tenant_id = :tenant and user_id = :user
            order by role
            """)
        .param("tenant", tenantId)
        .param("user", userId)
        .query(String.class)
        .list();
  }

  /** Replaces the roles in the tenant that people gave the user. */
  void replace(UUID tenantId, UUID userId, Set<TenantRole> roles, String actor) {
    List<String> names = new ArrayList<>();
    roles.stream().filter(role -> role != TenantRole.MEMBER).forEach(r -> names.add(r.name()));
    jdbc.sql(
            """
            delete from tenant_grant
            where tenant_id = :tenant and user_id = :user and role <> all (:roles)
            """)
        .param("tenant", tenantId)
        .param("user", userId)
        .param("roles", names.toArray(String[]::new))
        .update();
    for (String role : names) {
      jdbc.sql(
              """
              insert into tenant_grant (tenant_id, user_id, role, granted_by)
              values (:tenant, :user, :role, :actor) on conflict do nothing
              """)
          .param("tenant", tenantId)
          .param("user", userId)
          .param("role", role)
          .param("actor", actor)
          .update();
    }
  }

  /**
   * Gives one user what people gave another. Where the one has a place in a population or an
   * organization already, that stays.
   */
  void move(UUID tenantId, UUID from, UUID to) {
    for (String sql : MOVES) {
      jdbc.sql(sql).param("tenant", tenantId).param("from", from).param("to", to).update();
    }
    removeAll(tenantId, from);
  }

  /** Takes away whatever a person or a group gave, and what the user asked for. */
  void removeAll(UUID tenantId, UUID userId) {
    for (String table :
        List.of(
            "tenant_grant",
            "population_member",
            "join_request",
            "organization_member",
            "provider_group_member",
            "calendar_feed")) {
      jdbc.sql("delete from " + table + " where tenant_id = :tenant and user_id = :user")
          .param("tenant", tenantId)
          .param("user", userId)
          .update();
    }
  }
}
