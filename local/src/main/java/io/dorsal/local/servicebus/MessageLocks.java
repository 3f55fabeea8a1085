package io.dorsal.local.servicebus;

import io.dorsal.local.servicebus.StoredMessage.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who holds which message of one queue, and until when. Confined to the event loop. */
final class MessageLocks {

  private final Shelf shelf;
  private final Duration duration;

  MessageLocks(Shelf shelf, Duration duration) {
    this.shelf = shelf;
    this.duration = duration;
  }

  /** Locks a message; the token shows who holds it. */
  UUID lock(StoredMessage message, boolean deferred, Instant now) {
    UUID token = UUID.randomUUID();
    shelf.move(message, new Place.Locked(token, end(now), deferred));
    return token;
  }

  /** Extends a lock; returns until when it holds now, or null when it was lost. */
  @Nullable Instant renew(UUID token, Instant now) {
    StoredMessage message = held(token, now);
    if (message == null || !(message.place instanceof Place.Locked lock)) {
      return null;
    }
    Instant until = end(now);
    shelf.move(message, new Place.Locked(token, until, lock.deferred()));
    return until;
  }

  /** The message that is locked with this token; null when the lock was lost. */
  @Nullable StoredMessage held(UUID token, Instant now) {
    StoredMessage message = shelf.lockedWith(token);
    boolean holds =
        message != null && message.place instanceof Place.Locked lock && lock.until().isAfter(now);
    return holds ? message : null;
  }

  /** Puts a message back to where it was before its lock. */
  void release(StoredMessage message) {
    boolean deferred = message.place instanceof Place.Locked lock && lock.deferred();
    shelf.move(message, deferred ? StoredMessage.DEFERRED : StoredMessage.ACTIVE);
  }

  private Instant end(Instant now) {
    // AMQP timestamps are milliseconds: what the client is told must be what holds.
    return now.plus(duration).truncatedTo(ChronoUnit.MILLIS);
  }
}
