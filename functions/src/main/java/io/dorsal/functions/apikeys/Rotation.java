package io.dorsal.functions.apikeys;

import io.dorsal.problem.Validation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How a key is to be rotated. */
record Rotation(@Nullable JsonNode overlapHours) {

  /** Null where nothing is said. */
  @Nullable Integer hours() {
    if (overlapHours == null || overlapHours.isNull()) {
      return null;
    }
    new Validation()
        .check(
            overlapHours.isInt(),
            "overlap_hours",
            "WRONG_TYPE",
            "overlap_hours must be a whole number.")
        .orThrow();
    return overlapHours.asInt();
  }
}
