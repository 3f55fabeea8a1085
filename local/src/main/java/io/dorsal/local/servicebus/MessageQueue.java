package io.dorsal.local.servicebus;

import io.dorsal.local.servicebus.Settlement.Result;
import io.dorsal.local.servicebus.StoredMessage.Place;
import io.dorsal.work.QueueSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One queue, or the dead-letter queue beside it: which message is where, and who gets the next.
 * Messages go out by sequence number, to the recipients in turn. Confined to the event loop; every
 * caller that changes something says so through {@link Turn#afterCommit}.
 */
final class MessageQueue {

  private final QueueSettings settings;
  private final @Nullable MessageQueue deadLetters;
  private final Turn turn;
  private final LongSupplier sequences;
  private final RecentIds recentIds;

  private final Shelf shelf;
  private final MessageLocks locks;
  private final Recipients recipients = new Recipients();

  /**
   * @param deadLetters where messages end that fail too often; null for a dead-letter queue itself
   * @param sequences the next sequence number, ascending over all queues
   */
  MessageQueue(
      QueueSettings settings,
      @Nullable MessageQueue deadLetters,
      MessageStore store,
      Turn turn,
      LongSupplier sequences) {
    this.settings = settings;
    this.deadLetters = deadLetters;
    shelf = new Shelf(store);
    locks = new MessageLocks(shelf, settings.lockDuration());
    this.turn = turn;
    this.sequences = sequences;
    recentIds = new RecentIds(settings.name(), settings.duplicateWindow(), store);
  }

  /** The ids seen within the duplicate window. */
  RecentIds recentIds() {
    return recentIds;
  }

  /** Takes up a message read from the store. */
  void restore(StoredMessage message) {
    shelf.put(message);
  }

  void add(Recipient recipient) {
    recipients.add(recipient);
  }

  void remove(Recipient recipient) {
    recipients.remove(recipient);
  }

  /**
   * Takes a message in, unless its id was seen within the duplicate window.
   *
   * @return its sequence number; that of the first message for a duplicate
   */
  long enqueue(IncomingMessage incoming, Instant now) {
    if (incoming.messageId != null) {
      OptionalLong first = recentIds.firstWith(incoming.messageId, now);
      if (first.isPresent()) {
        return first.getAsLong();
      }
    }
    Instant due = incoming.scheduledFor;
    Place place = due != null && due.isAfter(now) ? new Place.Scheduled(due) : StoredMessage.ACTIVE;
    Instant from = place instanceof Place.Scheduled scheduled ? scheduled.due() : now;
    var message =
        new StoredMessage(
            sequences.getAsLong(),
            settings.name(),
            incoming.messageId,
            incoming.encoded,
            from,
            incoming.timeToLive == null ? null : from.plus(incoming.timeToLive),
            place);
    shelf.insert(message);
    if (incoming.messageId != null) {
      recentIds.remember(incoming.messageId, message.sequence, now);
    }
    return message.sequence;
  }

  /** Drops a scheduled message; returns whether it was there and still scheduled. */
  boolean cancel(long sequence) {
    StoredMessage message = shelf.get(sequence);
    if (message == null || !(message.place instanceof Place.Scheduled)) {
      return false;
    }
    shelf.delete(message);
    return true;
  }

  /** Messages from a sequence number on, wherever they stand, without locking them. */
  List<StoredMessage> peek(long fromSequence, int count, Instant now) {
    return shelf.from(fromSequence).stream()
        .filter(message -> !message.expired(now))
        .limit(count)
        .toList();
  }

  /** Hands out active messages while there are recipients with credit. */
  void pump(Instant now) {
    StoredMessage message;
    while ((message = shelf.firstActive()) != null) {
      if (message.expired(now)) {
        shelf.delete(message);
        continue;
      }
      Recipient recipient = recipients.nextWithCredit();
      if (recipient == null) {
        return;
      }
      assign(message, recipient, now);
    }
  }

  /**
   * Locks deferred messages.
   *
   * @return the messages, in the order asked for; empty when one is missing or not deferred
   */
  List<StoredMessage> receiveDeferred(List<Long> wanted, boolean delete, Instant now) {
    var found = new ArrayList<StoredMessage>();
    for (long sequence : wanted) {
      StoredMessage message = shelf.get(sequence);
      if (message == null || !message.place.equals(StoredMessage.DEFERRED)) {
        return List.of();
      }
      found.add(message);
    }
    for (StoredMessage message : found) {
      if (delete) {
        shelf.delete(message);
      } else {
        locks.lock(message, true, now);
      }
    }
    return found;
  }

  /** Extends a lock; returns until when it holds now, or null when it was lost. */
  @Nullable Instant renew(UUID token, Instant now) {
    return locks.renew(token, now);
  }

  /** Ends a lock as its holder wants. */
  Result settle(UUID token, Settlement settlement, Instant now) {
    StoredMessage message = locks.held(token, now);
    if (message == null) {
      return Result.LOCK_LOST;
    }
    switch (settlement) {
      case Settlement.Complete() -> shelf.delete(message);
      case Settlement.Abandon(var properties) -> {
        modify(message, properties);
        giveBack(message);
      }
      case Settlement.Release() -> locks.release(message);
      case Settlement.Defer(var properties) -> {
        modify(message, properties);
        shelf.move(message, StoredMessage.DEFERRED);
      }
      case Settlement.DeadLetter letter -> {
        if (deadLetters == null) {
          return Result.NOT_ALLOWED;
        }
        bury(message, deadLetters, letter);
      }
    }
    return Result.SETTLED;
  }

  /** Ends locks, schedules and lives that have run out. */
  void tick(Instant now) {
    recentIds.forgetOld(now);
    for (StoredMessage message : shelf.pollDue(now)) {
      switch (message.place) {
        case Place.Locked lock when !lock.until().isAfter(now) -> giveBack(message);
        case Place.Scheduled(Instant due) when !due.isAfter(now) ->
            shelf.move(message, StoredMessage.ACTIVE);
        case Place.Active() when message.expired(now) -> shelf.delete(message);
        default -> {} // renewed or moved on since the deadline was noted
      }
    }
  }

  private void assign(StoredMessage message, Recipient recipient, Instant now) {
    recipient.reserve();
    if (recipient.deletesOnReceive()) {
      shelf.delete(message);
      turn.afterCommit(() -> recipient.send(message, null));
      return;
    }
    UUID token = locks.lock(message, false, now);
    turn.afterCommit(
        () -> {
          if (!recipient.send(message, token)) {
            // Nobody saw the message: it goes back whatever the clock says.
            settle(token, new Settlement.Release(), Instant.MIN);
            turn.afterCommit(() -> {});
          }
        });
  }

  private void giveBack(StoredMessage message) {
    message.failedDeliveries++;
    int max = settings.maxDeliveryCount();
    if (deadLetters == null || message.failedDeliveries < max) {
      locks.release(message);
      return;
    }
    String description = "Message could not be consumed after " + max + " delivery attempts.";
    bury(
        message,
        deadLetters,
        new Settlement.DeadLetter("MaxDeliveryCountExceeded", description, Map.of()));
  }

  private void bury(StoredMessage message, MessageQueue deadLetters, Settlement.DeadLetter letter) {
    message.encoded = AmqpMessages.deadLettered(message.encoded, letter);
    message.dead = true;
    message.expiresAt = null;
    shelf.moveTo(deadLetters.shelf, message);
  }

  private void modify(StoredMessage message, Map<String, Object> properties) {
    if (!properties.isEmpty()) {
      message.encoded = AmqpMessages.withProperties(message.encoded, properties);
      shelf.rewrite(message);
    }
  }
}
