package io.dorsal.functions.operations;

import io.dorsal.problem.Validation;
import io.dorsal.support.Parcels;
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
            BodyMoment.of("from", from, validation),
            BodyMoment.of("to", to, validation),
            note);
    validation.orThrow();
    return wish;
  }
}
