package io.dorsal.functions.operations;

import io.dorsal.support.Parcel;
import io.dorsal.support.Parcels;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A bundle or an export as its reader gets it.
 *
 * @param link a URL that reads it, good until {@code linkEndsAt}; null before it is ready
 */
record ParcelAnswer(
    UUID id,
    String state,
    JsonNode wanted,
    String note,
    String requestedBy,
    Instant requestedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant expiresAt,
    @Nullable Long sizeBytes,
    @Nullable String sha256,
    @Nullable String code,
    @Nullable String detail,
    @Nullable String link,
    @Nullable Instant linkEndsAt) {

  static ParcelAnswer of(Parcel parcel) {
    return of(new Parcels.Offer(parcel, null, null));
  }

  static ParcelAnswer of(Parcels.Offer offer) {
    Parcel parcel = offer.parcel();
    return new ParcelAnswer(
        parcel.id(),
        parcel.state().name(),
        parcel.wanted(),
        parcel.note(),
        parcel.requestedBy(),
        parcel.requestedAt(),
        parcel.finishedAt(),
        parcel.expiresAt(),
        parcel.sizeBytes(),
        parcel.sha256(),
        parcel.code(),
        parcel.detail(),
        offer.link(),
        offer.linkEndsAt());
  }
}
