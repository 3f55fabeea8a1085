package io.dorsal.functions.webhooks;

import io.dorsal.webhooks.Delivery;
import io.dorsal.webhooks.DeliveryError;
import io.dorsal.webhooks.DeliveryState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as it is shown.
 *
 * @param nextAt when it is tried next; null once it ended
 */
record DeliveryAnswer(
    UUID id,
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

  static DeliveryAnswer of(Delivery delivery) {
    return new DeliveryAnswer(
        delivery.id(),
        delivery.eventId(),
        delivery.event(),
        delivery.state(),
        delivery.attempts(),
        delivery.createdAt(),
        delivery.nextAt(),
        delivery.lastAt(),
        delivery.lastStatus(),
        delivery.lastError(),
        delivery.endedAt());
  }
}
