package io.dorsal.functions.operations;

import io.dorsal.problem.Validation;
import io.dorsal.support.Parcels;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The body that asks for a support bundle. */
record BundleRequest(
    @Nullable String traceId,
    @Nullable String requestId,
    @Nullable String from,
    @Nullable String to,
    @Nullable String note) {

  Parcels.Wish wish() {
    var validation = new Validation();
    var wish =
        new Parcels.Wish(
            traceId,
            requestId,
            moment("from", from, validation),
            moment("to", to, validation),
            note);
    validation.orThrow();
    return wish;
  }

  private static @Nullable Instant moment(
      String field, @Nullable String text, Validation validation) {
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      validation.reject(field, "INVALID", field + " must be a time such as 2026-05-31T08:00:00Z.");
      return null;
    }
  }
}
