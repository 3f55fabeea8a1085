package io.dorsal.functions.operations;

import io.dorsal.problem.Validation;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** A point in time with its zone as bodies name it. */
final class BodyMoment {

  private BodyMoment() {}

  /** Null for an absent one, and for one that cannot be read, which the validation notes. */
  static @Nullable Instant of(String field, @Nullable String text, Validation validation) {
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      validation.reject(field, "INVALID", field + " must be a time such as 2026-05-31T08:00:00Z.");
      return null;
    }
  }
}
