package io.dorsal.webhooks;

import io.dorsal.work.Retries;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An audit entry on its way to a webhook. Immutable.
 *
 * @param id the same at every attempt
 * @param seq the place in the order of the tenant's events
 * @param event the action of the entry
 * @param attempts since it was last begun
 * @param nextAt when it is tried next; null once it ended
 * @param lastStatus the HTTP status of the last answer
 */
public record Delivery(
    UUID id,
    long seq,
    UUID webhookId,
    UUID eventId,
    String event,
    DeliveryState state,
    int attempts,
    Instant createdAt,
    @Nullable Instant nextAt,
    @Nullable Instant lastAt,
    @Nullable Integer lastStatus,
    @Nullable DeliveryError lastError,
    @Nullable Instant endedAt) {

  /** How an attempt ended; without an error it was delivered. */
  record Attempt(Instant at, @Nullable Integer status, @Nullable DeliveryError error) {}

  /** The same after an attempt. */
  Delivery after(Attempt attempt) {
    DeliveryError error = attempt.error();
    int made = attempts + 1;
    Instant again =
        error == null || error == DeliveryError.EVENT_FORGOTTEN
            ? null
            : Retries.after(made).map(attempt.at()::plus).orElse(null);
    DeliveryState now = error == null ? DeliveryState.DELIVERED : DeliveryState.DROPPED;
    return new Delivery(
        id,
        seq,
        webhookId,
        eventId,
        event,
        again == null ? now : DeliveryState.WAITING,
        made,
        createdAt,
        again,
        attempt.at(),
        attempt.status(),
        error,
        again == null ? attempt.at() : null);
  }

  /** To be sent once more, as if never tried. */
  Delivery again(Instant now) {
    return new Delivery(
        id,
        seq,
        webhookId,
        eventId,
        event,
        DeliveryState.WAITING,
        0,
        createdAt,
        now,
        lastAt,
        lastStatus,
        lastError,
        null);
  }
}
