package io.dorsal.catalog;

import io.dorsal.access.Caller;
import io.dorsal.access.Uuid7;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How populations are asked for and settled. Thread-safe. */
@Component
public class Populations {

  private final PopulationRows rows;
  private final Terms terms;
  private final CatalogJournal journal;
  private final CatalogNotices notices;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Populations(
      PopulationRows rows,
      Terms terms,
      CatalogJournal journal,
      CatalogNotices notices,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.rows = rows;
    this.terms = terms;
    this.journal = journal;
    this.notices = notices;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * A population with its vocabularies.
   *
   * @param terms by kind, retired ones last
   */
  public record Whole(Population population, Map<TermKind, List<Term>> terms) {}

  /**
   * Asks for a population; an administrator of the tenant decides.
   *
   * @throws ProblemException VALIDATION_FAILED, NAME_TAKEN, PERMISSION_DENIED for who is no user
   */
  public Population request(Caller caller, PopulationWanted wanted) {
    PopulationSettings settings = checked(null, wanted);
    UUID requester = Roles.user(caller, "Requesting a population");
    return inTransaction(
        () -> {
          Population made =
              rows.add(
                  new Population(
                      caller.tenantId(),
                      Uuid7.next(),
                      PopulationState.REQUESTED,
                      settings,
                      requester,
                      clock.instant(),
                      null,
                      0));
          replaceTerms(made, wanted);
          journal.population(
              caller, "population.requested", null, made, Map.of("name", made.name()));
          notices.requested(made, requester);
          return made;
        });
  }

  /**
   * What its administrators settle.
   *
   * @return empty where the caller is none of them
   * @throws ProblemException NOT_FOUND
   */
  public Optional<Whole> settings(Caller caller, UUID id) {
    Population population = Roles.visible(caller, rows.find(caller.tenantId(), id));
    return Roles.isAdministrator(caller, population)
        ? Optional.of(new Whole(population, termsOf(population)))
        : Optional.empty();
  }

  /**
   * Changes what its administrators settle.
   *
   * @param seen the version the caller has seen
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, STALE_VERSION, VALIDATION_FAILED,
   *     NAME_TAKEN, POPULATION_ARCHIVED
   */
  public void change(Caller caller, UUID id, int seen, PopulationWanted wanted) {
    transaction.executeWithoutResult(
        status -> {
          Population before = Roles.visible(caller, rows.locked(caller.tenantId(), id));
          Roles.requireAdministrator(caller, before, "Changing a population");
          before.requireVersion(seen);
          before.requireActive();
          PopulationSettings settings = checked(before.settings(), wanted);
          Map<TermKind, List<Term>> termsBefore = termsOf(before);
          replaceTerms(before, wanted);
          Map<TermKind, List<Term>> termsAfter = termsOf(before);
          Population after = before.changed(settings);
          if (!after.equals(before) || !termsAfter.equals(termsBefore)) {
            journal.settled(caller, before, termsBefore, rows.save(after), termsAfter);
          }
        });
  }

  private static PopulationSettings checked(
      @Nullable PopulationSettings before, PopulationWanted wanted) {
    var faults = new Validation();
    PopulationSettings settings = PopulationRules.with(before, wanted, faults);
    WantedTerms.check(TermKind.BEHAVIOR, wanted.behaviors(), faults);
    WantedTerms.check(TermKind.PREY_SPECIES, wanted.preySpecies(), faults);
    faults.orThrow();
    return Objects.requireNonNull(settings);
  }

  private void replaceTerms(Population population, PopulationWanted wanted) {
    terms.replace(population, TermKind.BEHAVIOR, wanted.behaviors());
    terms.replace(population, TermKind.PREY_SPECIES, wanted.preySpecies());
  }

  private Map<TermKind, List<Term>> termsOf(Population population) {
    Map<TermKind, List<Term>> all = new EnumMap<>(TermKind.class);
    for (TermKind kind : TermKind.values()) {
      all.put(kind, terms.of(population, kind));
    }
    return all;
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(status -> work.get()));
  }
}
