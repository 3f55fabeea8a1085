package io.dorsal.local.servicebus;

import io.dorsal.local.servicebus.MessageStore.RecentId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The message ids a queue has seen within its duplicate window. Confined to the event loop. */
final class RecentIds {

  private final String queue;
  private final Duration window;
  private final MessageStore store;
  private final Map<String, RecentId> byId = new HashMap<>();
  private final ArrayDeque<RecentId> byAge = new ArrayDeque<>();

  RecentIds(String queue, Duration window, MessageStore store) {
    this.queue = queue;
    this.window = window;
    this.store = store;
  }

  /** The sequence number of the first message with the id, if it is still within the window. */
  OptionalLong firstWith(String messageId, Instant now) {
    RecentId recent = byId.get(messageId);
    return recent == null || !recent.until().isAfter(now)
        ? OptionalLong.empty()
        : OptionalLong.of(recent.sequence());
  }

  void remember(String messageId, long sequence, Instant now) {
    var recent = new RecentId(queue, messageId, sequence, now.plus(window));
    restore(recent);
    store.remember(recent);
  }

  /** Takes up an id read from the store. */
  void restore(RecentId recent) {
    byId.put(recent.messageId(), recent);
    byAge.add(recent);
  }

  /** Drops what is older than the window. */
  void forgetOld(Instant now) {
    boolean forgot = false;
    while (!byAge.isEmpty() && !byAge.getFirst().until().isAfter(now)) {
      RecentId old = byAge.removeFirst();
      byId.remove(old.messageId(), old);
      forgot = true;
    }
    if (forgot) {
      store.forget(queue, now);
    }
  }
}
