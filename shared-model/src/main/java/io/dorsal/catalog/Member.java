package io.dorsal.catalog;

import io.dorsal.access.PopulationRole;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's membership of a population. Immutable; changes are refused where the state does not
 * allow them.
 *
 * @param firstName as the inviter typed it; null where nobody did
 * @param message what the inviter said
 * @param removedBy who ended it; null while it is not ended
 */
public record Member(
    UUID tenantId,
    UUID populationId,
    UUID userId,
    PopulationRole role,
    MemberState state,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String message,
    @Nullable String removedBy,
    int version) {

  /** Somebody who belongs to it without having been invited. */
  static Member confirmed(Population population, UUID userId, PopulationRole role) {
    return new Member(
        population.tenantId(),
        population.id(),
        userId,
        role,
        MemberState.CONFIRMED,
        null,
        null,
        null,
        null,
        0);
  }

  /** The same person invited, again or for the first time. */
  Member invited(String first, String last, @Nullable String said) {
    return new Member(
        tenantId,
        populationId,
        userId,
        role,
        MemberState.INVITED,
        first,
        last,
        said,
        null,
        version);
  }

  /** The invited one wants to. */
  Member accepted() {
    require(MemberState.INVITED);
    return in(MemberState.PENDING_CONFIRMATION, null);
  }

  Member confirmed() {
    require(MemberState.PENDING_CONFIRMATION);
    return in(MemberState.CONFIRMED, null);
  }

  /** Belongs to it from now on with this role, whatever was before. */
  Member admitted(PopulationRole as) {
    return new Member(
        tenantId,
        populationId,
        userId,
        as,
        MemberState.CONFIRMED,
        firstName,
        lastName,
        message,
        null,
        version);
  }

  Member with(PopulationRole other) {
    requirePresent();
    return new Member(
        tenantId,
        populationId,
        userId,
        other,
        state,
        firstName,
        lastName,
        message,
        removedBy,
        version);
  }

  Member removed(String by) {
    requirePresent();
    return in(MemberState.REMOVED, by);
  }

  boolean isPresent() {
    return state != MemberState.REMOVED;
  }

  /** Whether somebody else ended it. */
  boolean isExpelled() {
    return state == MemberState.REMOVED && !userId.toString().equals(removedBy);
  }

  void requireVersion(int seen) {
    if (version != seen) {
      throw new ProblemException(
          GeneralProblem.STALE_VERSION, "The membership changed since you loaded it.");
    }
  }

  private void requirePresent() {
    require(MemberState.INVITED, MemberState.PENDING_CONFIRMATION, MemberState.CONFIRMED);
  }

  private void require(MemberState... allowed) {
    List<MemberState> fit = Arrays.asList(allowed);
    if (!fit.contains(state)) {
      throw new ProblemException(
          GeneralProblem.STATE_CONFLICT,
          "The membership is " + state + ".",
          Map.of("state", state.name(), "allowed", fit.stream().map(Enum::name).toList()));
    }
  }

  private Member in(MemberState next, @Nullable String by) {
    return new Member(
        tenantId, populationId, userId, role, next, firstName, lastName, message, by, version);
  }
}
