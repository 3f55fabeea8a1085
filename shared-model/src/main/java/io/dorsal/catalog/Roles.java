package io.dorsal.catalog;

import io.dorsal.access.AccessProblem;
import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who sees a population and may do what in it. An administrator of the tenant holds no role in a
 * population as such: only what {@link Caller#populations} says counts here.
 */
final class Roles {

  private Roles() {}

  static boolean administersTenant(Caller caller) {
    return caller.role().includes(TenantRole.TENANT_ADMIN);
  }

  static boolean isAdministrator(Caller caller, Population population) {
    return caller.populations().get(population.id()) == PopulationRole.ADMINISTRATOR;
  }

  /** Those that run are everybody's; one that does not run yet is its requester's. */
  static boolean sees(Caller caller, Population population) {
    return administersTenant(caller)
        || switch (population.state()) {
          case ACTIVE -> true;
          case ARCHIVED -> caller.populations().containsKey(population.id());
          case REQUESTED, REJECTED ->
              population.requestedBy() != null && population.requestedBy().equals(caller.userId());
          case DELETED -> false;
        };
  }

  /**
   * @throws ProblemException NOT_FOUND
   */
  static Population visible(Caller caller, Optional<Population> found) {
    return found.filter(each -> sees(caller, each)).orElseThrow(Roles::unknown);
  }

  /**
   * @throws ProblemException PERMISSION_DENIED
   */
  static void requireAdministrator(Caller caller, Population population, String action) {
    if (!isAdministrator(caller, population)) {
      throw denied(action, PopulationRole.ADMINISTRATOR);
    }
  }

  /**
   * The caller as a user; keys of the tenant and operators are none, and belong to no population.
   *
   * @throws ProblemException PERMISSION_DENIED
   */
  static UUID user(Caller caller, String action) {
    if (caller.userId() == null) {
      throw new ProblemException(
          AccessProblem.PERMISSION_DENIED,
          action + " needs a user of the tenant.",
          Map.of("required_role", TenantRole.MEMBER.name()));
    }
    return caller.userId();
  }

  /**
   * A role that the caller gives.
   *
   * @param otherwise where none is named
   * @throws ProblemException VALIDATION_FAILED; PERMISSION_DENIED where it is higher than the
   *     caller's own
   */
  static PopulationRole given(
      Caller caller, Population population, @Nullable String name, PopulationRole otherwise) {
    PopulationRole role =
        name == null
            ? otherwise
            : Arrays.stream(PopulationRole.values())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    new Validation()
        .check(
            role != null,
            "role",
            "INVALID",
            "role must be one of VIEWER, EXPERT, PROFESSIONAL, ADMINISTRATOR.")
        .orThrow();
    PopulationRole own = caller.populations().get(population.id());
    if (role == null || own == null || !own.includes(role)) {
      throw denied("Giving this role", role == null ? otherwise : role);
    }
    return role;
  }

  private static ProblemException denied(String action, PopulationRole needed) {
    return new ProblemException(
        AccessProblem.PERMISSION_DENIED,
        action + " needs the role " + needed + " in the population.",
        Map.of("required_role", needed.name()));
  }

  static ProblemException unknown() {
    return new ProblemException(GeneralProblem.NOT_FOUND, "It does not exist or is not visible.");
  }
}
