package io.dorsal.accounts;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The groups of identity providers and who is in them. Thread-safe. */
@Component
class ProviderGroups {

  private final JdbcClient jdbc;

  ProviderGroups(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Makes the user a member of exactly these groups of the provider.
   *
   * @param groups as a token names them: ids or names
   * @return whether that changed anything
   */
  boolean replace(User user, String issuer, Collection<String> groups) {
    Map<String, UUID> there = of(user, issuer);
    // In one order everywhere: parallel sign-ins must not wait for each other in a circle.
    Set<String> wanted = new TreeSet<>(groups);
    wanted.removeIf(String::isBlank);
    if (there.keySet().equals(wanted)) {
      return false;
    }
    there.forEach(
        (name, id) -> {
          if (!wanted.contains(name)) {
            remove(user, id);
          }
        });
    for (String name : wanted) {
      if (!there.containsKey(name)) {
        add(user, ensure(user.tenantId(), issuer, name, null));
      }
    }
    return true;
  }

  /** The provider's groups that the user is in, by the provider's ids. */
  private Map<String, UUID> of(User user, String issuer) {
    Map<String, UUID> groups = new HashMap<>();
    jdbc.sql(
            """
            select g.external_id, g.id from provider_group g
              join provider_group_member m on m.tenant_id = g.tenant_id and m.group_id = g.id
            where g.tenant_id = :tenant and g.issuer = :issuer and m.user_id = :user
            """)
        .param("tenant", user.tenantId())
        .param("issuer", issuer)
        .param("user", user.id())
        .query(
            row -> {
              groups.put(row.getString("external_id"), row.getObject("id", UUID.class));
            });
    return groups;
  }

  /**
   * The group's id here; it is made where it is new.
   *
   * @param name null where only its id is known
   */
  UUID ensure(UUID tenantId, String issuer, String externalId, @Nullable String name) {
    return jdbc.sql(
            """
            insert into provider_group as g (tenant_id, issuer, external_id, name)
            values (:tenant, :issuer, :external, coalesce(:name, :external))
            on conflict (tenant_id, issuer, external_id)
              do update set name = coalesce(:name, g.name)
            returning id
            """)
        .param("tenant", tenantId)
        .param("issuer", issuer)
        .param("external", externalId)
        .param("name", name)
        .query(UUID.class)
        .single();
  }

  /** Forgets a group and who was in it. */
  boolean delete(UUID tenantId, String issuer, String externalId) {
    return jdbc.sql(
                """
                delete from provider_group
                where tenant_id = :tenant and issuer = :issuer and external_id = :external
                """)
            .param("tenant", tenantId)
            .param("issuer", issuer)
            .param("external", externalId)
            .update()
        > 0;
  }

  void add(User user, UUID group) {
    jdbc.sql(
            """
            insert into provider_group_member (tenant_id, group_id, user_id)
            values (:tenant, :group, :user) on conflict do nothing
            """)
        .param("tenant", user.tenantId())
        .param("group", group)
        .param("user", user.id())
        .update();
  }

  void remove(User user, UUID group) {
    jdbc.sql(
            """
            delete from provider_group_member
            where tenant_id = :tenant and group_id = :group and user_id = :user
            """)
        .param("tenant", user.tenantId())
        .param("group", group)
        .param("user", user.id())
        .update();
  }

  /** Who is in the group. */
  List<UUID> members(UUID tenantId, UUID group) {
    return jdbc.sql(
            "select user_id from provider_group_member where tenant_id = :tenant and group_id ="
                + " :group")
        .param("tenant", tenantId)
        .param("group", group)
        .query(UUID.class)
        .list();
  }
}
