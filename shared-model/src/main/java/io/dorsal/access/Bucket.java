package io.dorsal.access;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What this instance holds of one caller's minute, and what it knows of it. Whoever uses it holds
 * its lock.
 */
final class Bucket {

  /** Unused units go back after so long. The store counts them for as long besides the minute. */
  static final long LEASE_NANOS = 1_000_000_000L;

  /** How long the store counts units. */
  static final long COUNTED_SECONDS = 62;

  private static final int MOST_UNITS = 20;
  private static final int MOST_PERCENT = 2;
  private static final long IDLE_NANOS = 120_000_000_000L;

  private final ReentrantLock lock = new ReentrantLock();

  private final String key;
  private final ArrayDeque<Lease> leases = new ArrayDeque<>();
  private int held;
  private int pace = 1;
  private int taken;
  private long oldest;
  private long used;
  private int refusedCost = Integer.MAX_VALUE;
  private long refusedUntil;
  private long freeAt;
  private boolean removed;

  private static final class Lease {
    final long second;
    final long end;
    int units;

    Lease(long second, long end, int units) {
      this.second = second;
      this.end = end;
      this.units = units;
    }
  }

  Bucket(String key, long now) {
    this.key = key;
    this.used = now;
  }

  /** Waits for its lock; {@link #leave} must follow. */
  void enter() {
    lock.lock();
  }

  /** Whether its lock was free; {@link #leave} must follow then. */
  boolean tryEnter() {
    return lock.tryLock();
  }

  void leave() {
    lock.unlock();
  }

  /** Takes out what was not used in time. */
  void expire(long now, List<RateStore.Unused> unused) {
    while (!leases.isEmpty() && leases.getFirst().end - now <= 0) {
      Lease over = leases.removeFirst();
      unused.add(new RateStore.Unused(key, over.second, over.units));
      held -= over.units;
      taken -= over.units;
      // Who needed less than was asked for needs less the next time.
      pace = 1;
    }
  }

  boolean has(int cost) {
    return held >= cost;
  }

  /** Whether the store said no to as much, now or a moment ago. */
  boolean isRefused(int cost, long now) {
    return cost >= refusedCost && refusedUntil - now > 0;
  }

  /** Asks for what is missing, and for more where it is soon used up. */
  RateStore.Question question(int limit, int cost) {
    int need = cost - held;
    int most = Math.max(1, Math.min(MOST_UNITS, limit * MOST_PERCENT / 100));
    return new RateStore.Question(key, limit, need, Math.max(need, Math.min(pace, most - held)));
  }

  /**
   * Learns what the store said.
   *
   * @param asked when it was asked; a lease never ends later than a second after that
   */
  void learn(RateStore.Grant grant, int cost, long asked, long now) {
    taken = grant.taken();
    oldest = grant.oldest();
    if (grant.granted() > 0) {
      leases.addLast(new Lease(grant.second(), asked + LEASE_NANOS, grant.granted()));
      held += grant.granted();
      pace = Math.min(MOST_UNITS, pace * 2);
      refusedCost = Integer.MAX_VALUE;
    } else {
      freeAt = now + grant.waitMillis() * 1_000_000L;
      // Others may give units back: the store is asked again, but not at every call.
      refusedUntil = Math.min(freeAt, now + LEASE_NANOS);
      refusedCost = cost;
    }
  }

  /** Uses units that it {@link #has}. */
  void use(int cost, long now) {
    used = now;
    held -= cost;
    int left = cost;
    while (left > 0) {
      Lease first = leases.getFirst();
      int part = Math.min(left, first.units);
      first.units -= part;
      left -= part;
      if (first.units == 0) {
        leases.removeFirst();
      }
    }
  }

  /** What is left, as far as this instance knows. */
  Budget budget(int limit) {
    return new Budget(limit, Math.max(0, limit - taken + held), oldest + COUNTED_SECONDS);
  }

  /** Seconds until as much as was refused can be had, at least one. */
  long secondsToWait(long now) {
    return Math.max(1, Math.ceilDiv(freeAt - now, 1_000_000_000L));
  }

  /** Marks it as no longer in use where nobody called for long; whoever has it asks for another. */
  boolean removeIfIdle(long now) {
    removed = removed || (leases.isEmpty() && now - used > IDLE_NANOS);
    return removed;
  }

  boolean isRemoved() {
    return removed;
  }
}
