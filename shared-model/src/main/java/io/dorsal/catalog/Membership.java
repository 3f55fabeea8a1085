package io.dorsal.catalog;

import io.dorsal.access.AccessProblem;
import io.dorsal.access.Caller;
import io.dorsal.problem.ProblemException;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * The door to a population's people: one change at a time, and none that leaves it without an
 * administrator. Called in a transaction. Thread-safe.
 */
@Component
class Membership {

  private final PopulationRows populations;
  private final PopulationMemberRows members;

  Membership(PopulationRows populations, PopulationMemberRows members) {
    this.populations = populations;
    this.members = members;
  }

  /**
   * The population, whose people nobody else changes until the transaction ends.
   *
   * @throws ProblemException NOT_FOUND
   */
  Population visible(Caller caller, UUID id) {
    return Roles.visible(caller, populations.locked(caller.tenantId(), id));
  }

  /**
   * The same for its administrators, while its people may change.
   *
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, POPULATION_ARCHIVED
   */
  Population administered(Caller caller, UUID id, String action) {
    Population population = visible(caller, id);
    Roles.requireAdministrator(caller, population, action);
    population.requireActive();
    return population;
  }

  /**
   * @throws ProblemException NOT_FOUND
   */
  Member member(Population population, UUID userId) {
    return members.find(population, userId).orElseThrow(Roles::unknown);
  }

  /**
   * Does what may take an administrator away.
   *
   * @throws ProblemException LAST_ADMINISTRATOR
   */
  Member keepingAdministrator(Population population, Supplier<Member> change) {
    boolean before = members.administered(population);
    Member changed = change.get();
    if (before && !members.administered(population)) {
      throw new ProblemException(
          AccessProblem.LAST_ADMINISTRATOR, "The population would have no administrator left.");
    }
    return changed;
  }
}
