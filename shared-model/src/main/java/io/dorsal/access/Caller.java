package io.dorsal.access;

import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and what that one may do now. Immutable.
 *
 * @param tenantId the tenant whose data the caller sees; everything else does not exist for it
 * @param userId the user behind a token or a user's key; null for a service key or another system
 * @param actor the name that records keep of who acted: the user's id, or that of the key or system
 * @param role the role in the tenant
 * @param operator whether the caller runs the platform, which shows no tenant's content
 * @param populations the role in each population that the caller is a confirmed member of
 * @param organizations the role in each organization that the caller is a member of
 * @param scopes what the token or key may be used for
 * @param serviceAccount who acts for the user by delegation; null where the user does
 */
public record Caller(
    UUID tenantId,
    @Nullable UUID userId,
    String actor,
    TenantRole role,
    boolean operator,
    Map<UUID, PopulationRole> populations,
    Map<UUID, OrganizationRole> organizations,
    Set<Scope> scopes,
    @Nullable String serviceAccount) {

  public Caller {
    populations = Map.copyOf(populations);
    organizations = Map.copyOf(organizations);
    scopes = scopes.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(scopes));
  }

  /** A caller with every scope, no population and no organization. */
  public static Caller of(UUID tenantId, String actor, TenantRole role) {
    return new Caller(tenantId, null, actor, role, false, Map.of(), Map.of(), Scope.all(), null);
  }

  /** The same caller for these scopes alone. */
  public Caller narrowedTo(Set<Scope> wanted) {
    return new Caller(
        tenantId,
        userId,
        actor,
        role,
        operator,
        populations,
        organizations,
        wanted,
        serviceAccount);
  }

  /** The same caller with a role in a population. */
  public Caller with(UUID population, PopulationRole its) {
    Map<UUID, PopulationRole> more = new HashMap<>(populations);
    more.put(population, its);
    return new Caller(
        tenantId, userId, actor, role, operator, more, organizations, scopes, serviceAccount);
  }

  /**
   * @throws ProblemException SCOPE_MISSING where the token or key is not good for it
   */
  public void require(Scope needed, String action) {
    if (!scopes.contains(needed)) {
      throw new ProblemException(
          AccessProblem.SCOPE_MISSING,
          action + " needs the scope " + needed.text() + ".",
          Map.of("required_scope", needed.text()));
    }
  }

  /**
   * @throws ProblemException PERMISSION_DENIED where the caller's role in the tenant is lower
   */
  public void require(TenantRole needed, String action) {
    if (!role.includes(needed)) {
      throw denied(action, needed.name());
    }
  }

  /**
   * For what an administrator asks of the tenant and an operator of the platform.
   *
   * @throws ProblemException PERMISSION_DENIED for everybody else
   */
  public void requireAdministratorOrOperator(String action) {
    if (!operator) {
      require(TenantRole.TENANT_ADMIN, action);
    }
  }

  /**
   * @throws ProblemException PERMISSION_DENIED where the caller does not run the platform
   */
  public void requireOperator(String action) {
    if (!operator) {
      throw denied(action, "OPERATOR");
    }
  }

  /**
   * For what belongs to no population: the role in any of them will do, and a tenant's
   * administrator needs none.
   *
   * @throws ProblemException PERMISSION_DENIED where no role of the caller is as high
   */
  public void require(PopulationRole needed, String action) {
    if (!holds(needed)) {
      throw denied(action, needed.name());
    }
  }

  /** Whether {@link #require(PopulationRole, String)} would pass. */
  public boolean holds(PopulationRole needed) {
    return isTenantAdmin() || populations.values().stream().anyMatch(its -> its.includes(needed));
  }

  /**
   * For what belongs to a population.
   *
   * @param population null where the thing belongs to none
   * @throws ProblemException NOT_FOUND where the caller is no member of it, PERMISSION_DENIED where
   *     the role in it is lower
   */
  public void requireIn(@Nullable UUID population, PopulationRole needed, String action) {
    if (!sees(population)) {
      throw new ProblemException(GeneralProblem.NOT_FOUND, "It does not exist or is not visible.");
    }
    requireHeld(population, needed, action);
  }

  /**
   * For what is to belong to a population, which everybody may know of.
   *
   * @param population null where it is to belong to none
   * @throws ProblemException PERMISSION_DENIED where the caller's role in it is lower
   */
  public void requireHeld(@Nullable UUID population, PopulationRole needed, String action) {
    if (!holdsIn(population, needed)) {
      throw denied(action, needed.name());
    }
  }

  /** Whether {@link #requireIn} would pass. */
  public boolean holdsIn(@Nullable UUID population, PopulationRole needed) {
    return population == null
        ? holds(needed)
        : isTenantAdmin()
            || Optional.ofNullable(populations.get(population))
                .filter(its -> its.includes(needed))
                .isPresent();
  }

  /** Whether the caller administers this organization; the tenant's role does not count there. */
  public boolean administers(UUID organization) {
    return organizations.get(organization) == OrganizationRole.ADMINISTRATOR;
  }

  /** Whether things of this population exist for the caller. */
  public boolean sees(@Nullable UUID population) {
    return population == null || isTenantAdmin() || populations.containsKey(population);
  }

  /** The populations whose things exist for the caller; empty where those of all do. */
  public Optional<Set<UUID>> seenPopulations() {
    return isTenantAdmin() ? Optional.empty() : Optional.of(populations.keySet());
  }

  private boolean isTenantAdmin() {
    return role == TenantRole.TENANT_ADMIN;
  }

  private static ProblemException denied(String action, String needed) {
    return new ProblemException(
        AccessProblem.PERMISSION_DENIED,
        action + " needs the role " + needed + ".",
        Map.of("required_role", needed));
  }
}
