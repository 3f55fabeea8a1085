package io.dorsal.catalog;

import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Animals of one kind in one region, and the people who know them. Immutable; changes are refused
 * where the state does not allow them.
 *
 * @param requestedBy becomes its first administrator; null where nobody asked for it
 * @param decidedAt when it became active or was rejected; null before
 */
public record Population(
    UUID tenantId,
    UUID id,
    PopulationState state,
    PopulationSettings settings,
    @Nullable UUID requestedBy,
    Instant requestedAt,
    @Nullable Instant decidedAt,
    int version) {

  public String name() {
    return settings.name();
  }

  Population approved(Instant now) {
    require(PopulationState.REQUESTED);
    return in(PopulationState.ACTIVE, now).with(settings, now);
  }

  Population rejected(Instant now) {
    require(PopulationState.REQUESTED);
    return in(PopulationState.REJECTED, now);
  }

  Population archived() {
    require(PopulationState.ACTIVE);
    return in(PopulationState.ARCHIVED, decidedAt);
  }

  Population restored() {
    require(PopulationState.ARCHIVED);
    return in(PopulationState.ACTIVE, decidedAt);
  }

  /**
   * @param typed what the person typed as the name, to show that it is meant
   */
  Population deleted(@Nullable String typed) {
    require(PopulationState.ARCHIVED);
    new Validation()
        .check(
            typed != null && Texts.clean(typed).equals(name()),
            "name",
            typed == null ? "REQUIRED" : "NAME_MISMATCH",
            "name must be the name of the population, exactly.")
        .orThrow();
    return in(PopulationState.DELETED, decidedAt);
  }

  Population changed(PopulationSettings next) {
    requireActive();
    return with(next, decidedAt);
  }

  /** Its metrics begin on the day on which it became active, unless another one is settled. */
  private Population with(PopulationSettings next, @Nullable Instant active) {
    LocalDate day =
        next.metricBaselineDate() != null || active == null
            ? next.metricBaselineDate()
            : active.atZone(ZoneId.of(next.timeZone())).toLocalDate();
    return new Population(
        tenantId,
        id,
        state,
        PopulationRules.beginning(next, day),
        requestedBy,
        requestedAt,
        decidedAt,
        version);
  }

  /**
   * @throws ProblemException POPULATION_ARCHIVED, STATE_CONFLICT
   */
  void requireActive() {
    if (state == PopulationState.ARCHIVED) {
      throw new ProblemException(
          CatalogProblem.POPULATION_ARCHIVED, "Nothing changes in an archived population.");
    }
    require(PopulationState.ACTIVE);
  }

  private void require(PopulationState needed) {
    if (state != needed) {
      throw new ProblemException(
          GeneralProblem.STATE_CONFLICT,
          "The population is " + state + "; this needs it to be " + needed + ".",
          Map.of("state", state.name(), "allowed", List.of(needed.name())));
    }
  }

  void requireVersion(int seen) {
    if (version != seen) {
      throw new ProblemException(
          GeneralProblem.STALE_VERSION, "The population changed since you loaded it.");
    }
  }

  private Population in(PopulationState next, @Nullable Instant decided) {
    return new Population(tenantId, id, next, settings, requestedBy, requestedAt, decided, version);
  }
}
