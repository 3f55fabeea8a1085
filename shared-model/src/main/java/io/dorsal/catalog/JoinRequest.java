package io.dorsal.catalog;

import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asks to join a population. Immutable.
 *
 * @param decidedAt when it was approved, rejected or withdrawn; null before
 */
public record JoinRequest(
    UUID tenantId,
    UUID id,
    UUID populationId,
    UUID userId,
    @Nullable String message,
    JoinRequestState state,
    Instant requestedAt,
    @Nullable Instant decidedAt,
    int version) {

  /** It is approved, rejected or withdrawn. */
  JoinRequest settled(JoinRequestState next, Instant now) {
    if (state != JoinRequestState.PENDING) {
      throw new ProblemException(
          GeneralProblem.STATE_CONFLICT,
          "The request is " + state + " already.",
          Map.of("state", state.name(), "allowed", List.of(JoinRequestState.PENDING.name())));
    }
    return new JoinRequest(
        tenantId, id, populationId, userId, message, next, requestedAt, now, version);
  }

  void requireVersion(int seen) {
    if (version != seen) {
      throw new ProblemException(
          GeneralProblem.STALE_VERSION, "The request changed since you loaded it.");
    }
  }
}
