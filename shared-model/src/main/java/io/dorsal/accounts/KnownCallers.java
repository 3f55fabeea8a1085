package io.dorsal.accounts;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Remembers for seconds who may come in, so that not every call asks the database. Refusals are not
 * remembered. Thread-safe.
 */
@Component
class KnownCallers {

  private static final int MOST = 10_000;

  private record Entry(Known known, Instant end) {}

  /** Whom an entry is about: an account or a user's id. */
  record Key(UUID tenantId, Object who) {}

  private final ConcurrentHashMap<Key, Entry> entries = new ConcurrentHashMap<>();
  private final AccountSettings settings;
  private final Clock clock;

  KnownCallers(AccountSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  Known get(Key key, Supplier<Known> read) {
    Instant now = clock.instant();
    Entry there = entries.get(key);
    if (there != null && now.isBefore(there.end())) {
      return there.known();
    }
    Known known = read.get();
    if (entries.size() >= MOST) {
      entries.values().removeIf(entry -> !now.isBefore(entry.end()));
    }
    if (entries.size() < MOST) {
      // From before it was read: what changed meanwhile is seen in time.
      entries.put(key, new Entry(known, now.plus(settings.accessCache())));
    }
    return known;
  }

  /** What changed in this transaction acts here at once, elsewhere within the seconds. */
  void forget(UUID tenantId) {
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              forgetNow(tenantId);
            }
          });
    } else {
      forgetNow(tenantId);
    }
  }

  private void forgetNow(UUID tenantId) {
    entries.keySet().removeIf(key -> key.tenantId().equals(tenantId));
  }
}
