package io.dorsal.access;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Counts what load balancers ask, by address and for this process alone: the answer must not depend
 * on a store. Thread-safe.
 */
@Component
class ProbeMinutes {

  private static final int SECONDS = 60;
  private static final int MOST_ADDRESSES = 10_000;

  private final Clock clock;

  /** The seconds of each address's calls; who has not asked for the longest is forgotten first. */
  private final Map<String, Deque<Long>> calls =
      new LinkedHashMap<>(16, .75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Long>> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  ProbeMinutes(Clock clock) {
    this.clock = clock;
  }

  /**
   * @throws RateLimitedException where the address asked as often in the last minute
   */
  synchronized Budget admit(String network, int limit) {
    long now = clock.instant().getEpochSecond();
    Deque<Long> minute = calls.computeIfAbsent(network, key -> new ArrayDeque<>());
    while (!minute.isEmpty() && minute.getFirst() < now - SECONDS) {
      minute.removeFirst();
    }
    if (minute.size() >= limit) {
      long free = minute.getFirst() + SECONDS + 1;
      throw new RateLimitedException(Dimension.ADDRESS, new Budget(limit, 0, free), free - now);
    }
    minute.addLast(now);
    return new Budget(limit, limit - minute.size(), minute.getFirst() + SECONDS + 1);
  }
}
