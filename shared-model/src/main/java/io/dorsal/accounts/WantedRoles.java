package io.dorsal.accounts;

import io.dorsal.access.AccessProblem;
import io.dorsal.access.Caller;
import io.dorsal.access.OrganizationRole;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Roles in the tenant as somebody asks for them. */
final class WantedRoles {

  /** Runs the platform; no tenant gives it. */
  private static final String OPERATOR = "OPERATOR";

  private WantedRoles() {}

  /**
   * @throws ProblemException VALIDATION_FAILED, PERMISSION_DENIED for a role higher than the
   *     caller's
   */
  static Set<TenantRole> of(Caller caller, @Nullable List<String> names) {
    var validation =
        new Validation().check(names != null, "roles", "REQUIRED", "roles is required.");
    Set<TenantRole> roles = EnumSet.noneOf(TenantRole.class);
    for (String name : names == null ? List.<String>of() : names) {
      if (name.equals(OPERATOR)) {
        throw higher(OPERATOR);
      }
      Optional<TenantRole> role = named(name);
      validation.check(
          role.isPresent(),
          "roles",
          "INVALID",
          "roles are " + Arrays.toString(TenantRole.values()));
      role.ifPresent(roles::add);
    }
    validation.orThrow();
    for (TenantRole role : roles) {
      if (!caller.role().includes(role)) {
        throw higher(role.name());
      }
    }
    return roles;
  }

  private static Optional<TenantRole> named(String name) {
    return Arrays.stream(TenantRole.values()).filter(role -> role.name().equals(name)).findFirst();
  }

  /** Refuses a role in a population that the caller has not there; the tenant's does not count. */
  static void requireHeld(Caller caller, UUID population, PopulationRole role) {
    PopulationRole own = caller.populations().get(population);
    if (own == null || !own.includes(role)) {
      throw higher(role.name());
    }
  }

  /** Refuses a role in an organization that the caller has not there. */
  static void requireHeld(Caller caller, UUID organization, OrganizationRole role) {
    OrganizationRole own = caller.organizations().get(organization);
    if (own == null || !own.includes(role)) {
      throw higher(role.name());
    }
  }

  private static ProblemException higher(String role) {
    return new ProblemException(
        AccessProblem.PERMISSION_DENIED,
        "Nobody grants more than they hold.",
        Map.of("required_role", role));
  }
}
