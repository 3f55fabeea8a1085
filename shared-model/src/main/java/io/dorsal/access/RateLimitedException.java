package io.dorsal.access;

import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.Map;

/** RATE_LIMITED, with what the answer's headers tell. */
public final class RateLimitedException extends ProblemException {

  private static final int WINDOW_SECONDS = 60;

  private final transient Budget budget;
  private final long retryAfter;

  RateLimitedException(Dimension dimension, Budget budget, long retryAfter) {
    super(
        GeneralProblem.RATE_LIMITED,
        "More than " + budget.limit() + " units in a minute; try again in " + retryAfter + " s.",
        Map.of(
            "dimension",
            dimension.name(),
            "limit",
            budget.limit(),
            "window_seconds",
            WINDOW_SECONDS));
    this.budget = budget;
    this.retryAfter = retryAfter;
  }

  public Budget budget() {
    return budget;
  }

  /** Seconds, at least one. */
  public long retryAfter() {
    return retryAfter;
  }
}
