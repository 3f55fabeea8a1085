package io.dorsal.catalog;

import io.dorsal.access.Caller;
import io.dorsal.operations.Act;
import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.Journal;
import io.dorsal.operations.StateChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the journal keeps of populations and their people; no names of people. Thread-safe. */
@Component
class CatalogJournal {

  private static final String POPULATION = "population";

  private final Journal journal;

  CatalogJournal(Journal journal) {
    this.journal = journal;
  }

  /** A population is in another state; null before it is there. */
  void population(
      Caller caller,
      String action,
      @Nullable Population before,
      Population after,
      Map<String, ?> details) {
    String was = before == null ? null : before.state().name();
    keep(caller, action, POPULATION, after.id(), was, after.state().name(), details);
  }

  /** A population is settled otherwise. */
  void settled(
      Caller caller,
      Population before,
      Map<TermKind, List<Term>> termsBefore,
      Population after,
      Map<TermKind, List<Term>> termsAfter) {
    journal.record(
        Act.of(caller, AuditCategory.CATALOG, "population.changed")
            .on(POPULATION, after.id(), after.name())
            .changing(members(before, termsBefore), members(after, termsAfter)));
  }

  private static Map<String, Object> members(
      Population population, Map<TermKind, List<Term>> terms) {
    Map<String, Object> members =
        new LinkedHashMap<>(PopulationRules.members(population.settings()));
    terms.forEach(
        (kind, all) ->
            members.put(
                WantedTerms.field(kind),
                all.stream().filter(term -> !term.retired()).map(Term::name).toList()));
    return members;
  }

  /** Somebody's membership is another one; null before there is one. */
  void member(Caller caller, String action, @Nullable Member before, Member after) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("population_id", after.populationId());
    details.put("role", after.role());
    if (before != null && before.role() != after.role()) {
      details.put("role_before", before.role());
    }
    String was = before == null ? null : before.state().name();
    journal.stateChanged(
        new StateChange(
            action,
            after.tenantId(),
            "user",
            after.userId(),
            was,
            after.state().name(),
            caller.actor(),
            details),
        AuditCategory.AUTHORIZATION);
  }

  /** A request to join is made or settled. */
  void joinRequest(
      Caller caller,
      String action,
      @Nullable JoinRequestState before,
      JoinRequest after,
      Map<String, ?> details) {
    Map<String, Object> all = new LinkedHashMap<>(details);
    all.put("population_id", after.populationId());
    all.put("user_id", after.userId());
    String was = before == null ? null : before.name();
    keep(caller, action, "join_request", after.id(), was, after.state().name(), all);
  }

  private void keep(
      Caller caller,
      String action,
      String type,
      UUID id,
      @Nullable String before,
      String after,
      Map<String, ?> details) {
    journal.stateChanged(
        new StateChange(
            action, caller.tenantId(), type, id, before, after, caller.actor(), details),
        AuditCategory.CATALOG);
  }
}
