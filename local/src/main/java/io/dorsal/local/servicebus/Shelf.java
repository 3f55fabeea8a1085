package io.dorsal.local.servicebus;

import io.dorsal.local.servicebus.StoredMessage.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one queue, found by sequence number, lock token or deadline, in memory and in the
 * store alike. Confined to the event loop.
 */
final class Shelf {

  private record Deadline(Instant at, StoredMessage message) {}

  private final MessageStore store;
  private final TreeMap<Long, StoredMessage> all = new TreeMap<>();
  private final TreeMap<Long, StoredMessage> active = new TreeMap<>();
  private final Map<UUID, StoredMessage> locked = new HashMap<>();
  // An entry may be out of date (lock renewed, message gone); whoever polls it looks again.
  private final PriorityQueue<Deadline> deadlines =
      new PriorityQueue<>(Comparator.comparing(Deadline::at));

  Shelf(MessageStore store) {
    this.store = store;
  }

  /** Takes up a message that the store has already. */
  void put(StoredMessage message) {
    all.put(message.sequence, message);
    arrive(message);
  }

  /** Takes up a new message. */
  void insert(StoredMessage message) {
    store.insert(message);
    put(message);
  }

  void move(StoredMessage message, Place to) {
    leave(message);
    message.place = to;
    arrive(message);
    store.move(message);
  }

  void rewrite(StoredMessage message) {
    store.rewrite(message);
  }

  void delete(StoredMessage message) {
    take(message);
    store.delete(message);
  }

  /** Moves a message to another shelf, where it is active. */
  void moveTo(Shelf other, StoredMessage message) {
    take(message);
    message.place = StoredMessage.ACTIVE;
    store.rewrite(message);
    store.move(message);
    other.put(message);
  }

  @Nullable StoredMessage get(long sequence) {
    return all.get(sequence);
  }

  /** The messages from a sequence number on, wherever they stand. */
  Collection<StoredMessage> from(long sequence) {
    return all.tailMap(sequence).values();
  }

  /** The active message with the lowest sequence number, or null. */
  @Nullable StoredMessage firstActive() {
    return active.isEmpty() ? null : active.firstEntry().getValue();
  }

  /** The message locked with the token, or null; the lock may have run out. */
  @Nullable StoredMessage lockedWith(UUID token) {
    return locked.get(token);
  }

  /** Takes the messages for whom a time has come; some of them may have moved on meanwhile. */
  List<StoredMessage> pollDue(Instant now) {
    var due = new ArrayList<StoredMessage>();
    while (!deadlines.isEmpty() && !deadlines.peek().at().isAfter(now)) {
      StoredMessage message = deadlines.remove().message();
      if (all.get(message.sequence) == message) {
        due.add(message);
      }
    }
    return due;
  }

  private void take(StoredMessage message) {
    leave(message);
    all.remove(message.sequence);
  }

  private void leave(StoredMessage message) {
    active.remove(message.sequence);
    if (message.place instanceof Place.Locked lock) {
      locked.remove(lock.token());
    }
  }

  private void arrive(StoredMessage message) {
    switch (message.place) {
      case Place.Active() -> {
        active.put(message.sequence, message);
        if (message.expiresAt != null) {
          deadlines.add(new Deadline(message.expiresAt, message));
        }
      }
      case Place.Locked lock -> {
        locked.put(lock.token(), message);
        deadlines.add(new Deadline(lock.until(), message));
      }
      case Place.Scheduled(Instant due) -> deadlines.add(new Deadline(due, message));
      case Place.Deferred() -> {}
    }
  }
}
