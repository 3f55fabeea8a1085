package io.dorsal.local.servicebus;

import io.dorsal.work.QueueSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The declared queues and their dead-letter queues by address. Confined to the event loop. */
final class Broker {

  private static final String DEAD_LETTERS = "/$deadletterqueue";

  private final Map<String, MessageQueue> queues = new LinkedHashMap<>();
  private final Turn turn;
  private final InstantSource clock;
  private long lastSequence;

  /** Reads the queues' messages from the store; those of undeclared queues stay there untouched. */
  Broker(List<QueueSettings> declared, MessageStore store, Turn turn, InstantSource clock) {
    this.turn = turn;
    this.clock = clock;
    lastSequence = store.lastSequence();
    for (QueueSettings settings : declared) {
      String address = settings.name().toLowerCase(Locale.ROOT);
      var dead = new MessageQueue(settings, null, store, turn, this::nextSequence);
      queues.put(address, new MessageQueue(settings, dead, store, turn, this::nextSequence));
      queues.put(address + DEAD_LETTERS, dead);
    }
    store.messages().forEach(this::restore);
    store.recentIds().forEach(this::restore);
    turn.beforeCommit(this::pump);
  }

  /** The queue at an address, in any case; null when it is not declared. */
  @Nullable MessageQueue find(String address) {
    return queues.get(address.toLowerCase(Locale.ROOT));
  }

  Turn turn() {
    return turn;
  }

  /** The time in whole milliseconds, as messages and the store keep it. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Ends locks, schedules and lives that have run out. */
  void tick() {
    Instant now = now();
    queues.values().forEach(queue -> queue.tick(now));
    turn.afterCommit(() -> {});
  }

  private void pump() {
    Instant now = now();
    queues.values().forEach(queue -> queue.pump(now));
  }

  private void restore(StoredMessage message) {
    MessageQueue queue = find(message.queue + (message.dead ? DEAD_LETTERS : ""));
    if (queue != null) {
      queue.restore(message);
    }
  }

  private void restore(MessageStore.RecentId recent) {
    MessageQueue queue = find(recent.queue());
    if (queue != null) {
      queue.recentIds().restore(recent);
    }
  }

  private long nextSequence() {
    return ++lastSequence;
  }
}
