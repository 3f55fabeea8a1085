package io.dorsal.local.stack;

import io.dorsal.local.oidc.TokenRequest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The users of a local stack: one for each role of a tenant, in the database before a token names
 * them, for a token grants nothing. Seeding again changes nothing, not even what was changed since.
 */
public final class People {

  /** Roles in the population of {@link #population}. */
  public static final Set<String> POPULATION_ROLES =
      Set.of("VIEWER", "EXPERT", "PROFESSIONAL", "ADMINISTRATOR");

  /** Roles in the organization of {@link #organization}. */
  public static final Set<String> ORGANIZATION_ROLES =
      Set.of("ORGANIZATION_MEMBER", "ORGANIZATION_ADMINISTRATOR");

  /** All roles there are users for. */
  public static final List<String> ROLES =
      List.of(
          "TENANT_ADMIN",
          "AUDITOR",
          "MEMBER",
          "OPERATOR",
          "VIEWER",
          "EXPERT",
          "PROFESSIONAL",
          "ADMINISTRATOR",
          "ORGANIZATION_MEMBER",
          "ORGANIZATION_ADMINISTRATOR");

  private static final Set<String> GRANTED = Set.of("TENANT_ADMIN", "AUDITOR");

  private People() {}

  /** The population in which a tenant's users of {@link #POPULATION_ROLES} are members. */
  public static UUID population(UUID tenantId) {
    return UUID.nameUUIDFromBytes(
        ("dorsal-population:" + tenantId).getBytes(StandardCharsets.UTF_8));
  }

  /** The organization in which a tenant's users of {@link #ORGANIZATION_ROLES} are members. */
  public static UUID organization(UUID tenantId) {
    return UUID.nameUUIDFromBytes(
        ("dorsal-organization:" + tenantId).getBytes(StandardCharsets.UTF_8));
  }

  /** Sees to it that the tenant and the user with this role are there. */
  public static TokenRequest ready(String jdbcUrl, String issuer, String tenant, String role) {
    if (!ROLES.contains(role)) {
      throw new IllegalArgumentException("There is no role " + role + "; there are " + ROLES);
    }
    TokenRequest request = TokenRequest.of(tenant, role);
    try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
      connection.setAutoCommit(false);
      seed(connection, issuer, request, role);
      connection.commit();
      return request;
    } catch (SQLException e) {
      throw new IllegalStateException("The users of " + tenant + " cannot be made ready", e);
    }
  }

  private static void seed(Connection connection, String issuer, TokenRequest request, String role)
      throws SQLException {
    UUID tenant = request.tenantId();
    run(connection, "select set_config('app.tenant_id', ?, true)", tenant.toString());
    run(connection, "set local search_path = dorsal");
    run(
        connection,
        "insert into tenant (id, name, display_name) values (?, ?, ?) on conflict do nothing",
        tenant,
        request.tenant(),
        request.tenant());
    if (role.equals("OPERATOR")) {
      run(
          connection,
          "insert into platform_operator (issuer, subject) values (?, ?) on conflict do nothing",
          issuer,
          request.subject());
      return;
    }
    run(
        connection,
        """
        insert into users (tenant_id, issuer, subject, email, email_verified, display_name, status)
        values (?, ?, ?, ?, true, ?, 'ACTIVE') on conflict do nothing
        """,
        tenant,
        issuer,
        request.subject(),
        request.subject() + ".example",
        request.subject());
    if (GRANTED.contains(role)) {
      run(
          connection,
          """
          insert into tenant_grant (tenant_id, user_id, role, granted_by)
          select tenant_id, id, ?, 'SYSTEM' from users
          where tenant_id = ? and issuer = ? and subject = ? on conflict do nothing
          """,
          role,
          tenant,
          issuer,
          request.subject());
    }
    if (POPULATION_ROLES.contains(role)) {
      seedPopulation(connection, tenant);
      run(
          connection,
          """
          insert into population_member (tenant_id, population_id, user_id, role, state)
          select tenant_id, ?, id, ?, 'CONFIRMED' from users
          where tenant_id = ? and issuer = ? and subject = ? on conflict do nothing
          """,
          population(tenant),
          role,
          tenant,
          issuer,
          request.subject());
    }
    if (ORGANIZATION_ROLES.contains(role)) {
      seedOrganization(connection, tenant);
      run(
          connection,
          """
          insert into organization_member
              (tenant_id, organization_id, user_id, role, added_by, added_at)
          select tenant_id, ?, id, ?, 'SYSTEM', now() from users
          where tenant_id = ? and issuer = ? and subject = ? on conflict do nothing
          """,
          organization(tenant),
          role.replaceFirst("ORGANIZATION_", ""),
          tenant,
          issuer,
          request.subject());
    }
  }

  private static void seedOrganization(Connection connection, UUID tenant) throws SQLException {
    run(
        connection,
        """
        insert into organization (tenant_id, id, name, name_key, verification)
        values (?, ?, 'Ready', 'ready', 'UNVERIFIED') on conflict do nothing
        """,
        tenant,
        organization(tenant));
  }

  private static void seedPopulation(Connection connection, UUID tenant) throws SQLException {
    run(
        connection,
        """
        insert into population (tenant_id, id, state, name_key, search_key, settings,
            requested_at, decided_at)
        values (?, ?, 'ACTIVE', 'ready', 'ready', cast(? as jsonb), now(), now())
        on conflict do nothing
        """,
        tenant,
        population(tenant),
        """
        {"name": "Ready", "species_scientific_name": "Orcinus orca", "time_zone": "UTC",
         "join_policy": "REQUEST", "categories": ["dorsal-fin"], "sync_enabled": true,
         "auto_tagging": false, "can_suggest_new_individuals": true, "direct_upload": true,
         "auto_confirm_threshold": 0.95, "corroboration_threshold": 0.6,
         "metric_sample_threshold": 100, "export_location_precision": "KM_10",
         "download_original_min_role": "ADMINISTRATOR"}
        """);
  }

  private static void run(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    }
  }
}
