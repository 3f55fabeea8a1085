package io.dorsal.local.servicebus;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One message of a queue and where it stands. Confined to the event loop. */
final class StoredMessage {

  /** What may happen to the message next. */
  sealed interface Place {

    /** Waits for a receiver. */
    record Active() implements Place {}

    /**
     * Belongs to the holder of the token until the given time.
     *
     * @param deferred whether the message was deferred before, and will be again when given back
     */
    record Locked(UUID token, Instant until, boolean deferred) implements Place {}

    /** Becomes active at the given time. */
    record Scheduled(Instant due) implements Place {}

    /** Comes only to who asks for its sequence number. */
    record Deferred() implements Place {}
  }

  static final Place ACTIVE = new Place.Active();
  static final Place DEFERRED = new Place.Deferred();

  final long sequence;
  final String queue;
  final @Nullable String messageId;
  byte[] encoded;
  Instant enqueuedAt;
  @Nullable Instant expiresAt;
  int failedDeliveries;
  boolean dead;
  Place place;

  /**
   * A message as it arrived.
   *
   * @param encoded the AMQP message as sent, with all its sections
   * @param expiresAt when an unlocked message is dropped; null for never
   */
  StoredMessage(
      long sequence,
      String queue,
      @Nullable String messageId,
      byte[] encoded,
      Instant enqueuedAt,
      @Nullable Instant expiresAt,
      Place place) {
    this.sequence = sequence;
    this.queue = queue;
    this.messageId = messageId;
    this.encoded = encoded;
    this.enqueuedAt = enqueuedAt;
    this.expiresAt = expiresAt;
    this.place = place;
  }

  boolean expired(Instant now) {
    return expiresAt != null && !expiresAt.isAfter(now) && place.equals(ACTIVE);
  }
}
