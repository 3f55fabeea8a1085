package io.dorsal.access;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Admits calls as long as fewer units than the limit were taken by all instances in any minute.
 * Units are leased from the store a few at a time and used up here, so that a busy caller costs one
 * statement in twenty calls. Where the store cannot be asked, calls pass and are counted here.
 * Thread-safe.
 */
@Component
class RateLimiter implements DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(RateLimiter.class);
  private static final long SWEEP_MILLIS = 250;
  private static final long STORE_REST_NANOS = 5_000_000_000L;

  private final RateStore store;
  private final Clock clock;
  private final LongSupplier nanos;
  private final ConcurrentHashMap<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<RateStore.Unused> unused = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private final AtomicLong uncounted = new AtomicLong();
  private volatile long storeAwayUntil;
  private volatile boolean closed;

  @Autowired
  RateLimiter(RateStore store, Clock clock) {
    this(store, clock, System::nanoTime);
  }

  /**
   * @param nanos the time that leases live by; goes as fast as that of the store
   */
  RateLimiter(RateStore store, Clock clock, LongSupplier nanos) {
    this.store = store;
    this.clock = clock;
    this.nanos = nanos;
    this.storeAwayUntil = nanos.getAsLong();
  }

  /**
   * What a call is to be charged.
   *
   * @param key of the form of {@link RateKeys}
   */
  record Charge(Dimension dimension, String key, int limit, int cost) {}

  /**
   * Charges a call, all of it or nothing.
   *
   * @param charges at least one, of distinct dimensions
   * @return what is left in the dimension with the fewest units left
   * @throws RateLimitedException where one of them has not enough left
   */
  Budget admit(List<Charge> charges) {
    startSweeping();
    List<Charge> ordered = charges.stream().sorted(Comparator.comparing(Charge::key)).toList();
    List<Bucket> locked = new ArrayList<>(ordered.size());
    try {
      for (Charge charge : ordered) {
        locked.add(locked(charge.key()));
      }
      return admit(ordered, locked);
    } finally {
      locked.forEach(Bucket::leave);
    }
  }

  /** What is left of a minute as far as this instance knows; charges and asks nothing. */
  Budget left(Charge charge) {
    long soon = clock.instant().getEpochSecond() + 1;
    Bucket bucket = buckets.get(charge.key());
    // Whoever asks the store holds it meanwhile.
    if (bucket == null || !bucket.tryEnter()) {
      return new Budget(charge.limit(), charge.limit(), soon);
    }
    try {
      Budget known = bucket.budget(charge.limit());
      return new Budget(known.limit(), known.remaining(), Math.max(soon, known.reset()));
    } finally {
      bucket.leave();
    }
  }

  /** Calls that passed because the store could not be asked, since the start. */
  long passedUncounted() {
    return uncounted.get();
  }

  private Budget admit(List<Charge> charges, List<Bucket> locked) {
    long now = nanos.getAsLong();
    List<RateStore.Unused> over = new ArrayList<>();
    locked.forEach(bucket -> bucket.expire(now, over));
    unused.addAll(over);
    List<Integer> missing = missing(charges, locked);
    List<Integer> refused =
        missing.stream().filter(i -> locked.get(i).isRefused(charges.get(i).cost(), now)).toList();
    refuse(charges, locked, refused, now);
    if (!missing.isEmpty() && !ask(charges, locked, missing)) {
      uncounted.incrementAndGet();
      int tightest = charges.stream().mapToInt(Charge::limit).min().orElseThrow();
      return new Budget(tightest, tightest, clock.instant().getEpochSecond() + 1);
    }
    // However late the answer came: this call took its units when the store gave them.
    long then = nanos.getAsLong();
    refuse(charges, locked, missing(charges, locked), then);
    return used(charges, locked, then);
  }

  private static List<Integer> missing(List<Charge> charges, List<Bucket> locked) {
    return IntStream.range(0, charges.size())
        .filter(i -> !locked.get(i).has(charges.get(i).cost()))
        .boxed()
        .toList();
  }

  private static Budget used(List<Charge> charges, List<Bucket> locked, long now) {
    List<Budget> left = new ArrayList<>();
    for (int i = 0; i < charges.size(); i++) {
      locked.get(i).use(charges.get(i).cost(), now);
      left.add(locked.get(i).budget(charges.get(i).limit()));
    }
    return left.stream().min(Comparator.comparingInt(Budget::remaining)).orElseThrow();
  }

  /** Refuses for the one of these charges that has to wait the longest; passes without any. */
  private void refuse(List<Charge> charges, List<Bucket> locked, List<Integer> which, long now) {
    Optional<RateLimitedException> longest =
        which.stream()
            .map(i -> refusal(charges.get(i), locked.get(i), now))
            .max(Comparator.comparingLong(RateLimitedException::retryAfter));
    if (longest.isPresent()) {
      throw longest.get();
    }
  }

  /** Asks the store for what is missing; false where it cannot be asked. */
  private boolean ask(List<Charge> charges, List<Bucket> locked, List<Integer> missing) {
    long asked = nanos.getAsLong();
    if (storeAwayUntil - asked > 0) {
      return false;
    }
    try {
      giveBack(new ArrayList<>());
      List<RateStore.Grant> grants =
          store.take(
              missing.stream()
                  .map(i -> locked.get(i).question(charges.get(i).limit(), charges.get(i).cost()))
                  .toList());
      for (int i = 0; i < missing.size(); i++) {
        int of = missing.get(i);
        locked.get(of).learn(grants.get(i), charges.get(of).cost(), asked, nanos.getAsLong());
      }
      return true;
    } catch (DataAccessException | TransactionException e) {
      storeAwayUntil = nanos.getAsLong() + STORE_REST_NANOS;
      log.warn("Calls pass for 5 s without being counted: {}", e.toString());
      return false;
    }
  }

  private RateLimitedException refusal(Charge charge, Bucket bucket, long now) {
    long wait = bucket.secondsToWait(now);
    var budget = new Budget(charge.limit(), 0, clock.instant().getEpochSecond() + wait);
    return new RateLimitedException(charge.dimension(), budget, wait);
  }

  private Bucket locked(String key) {
    while (true) {
      Bucket bucket = buckets.computeIfAbsent(key, each -> new Bucket(each, nanos.getAsLong()));
      bucket.enter();
      if (!bucket.isRemoved()) {
        return bucket;
      }
      bucket.leave();
    }
  }

  private void startSweeping() {
    if (sweeping.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("rate-limits").start(this::sweepUntilClosed);
    }
  }

  private void sweepUntilClosed() {
    while (!closed) {
      try {
        Thread.sleep(SWEEP_MILLIS);
        sweep();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.warn("Unused units did not go back: {}", e.toString());
      }
    }
  }

  /** Gives back what was leased for longer than a second, and forgets who no longer calls. */
  void sweep() {
    sweep(nanos.getAsLong());
  }

  private void sweep(long now) {
    List<RateStore.Unused> back = new ArrayList<>();
    buckets.forEach(
        (key, bucket) -> {
          if (bucket.tryEnter()) {
            try {
              bucket.expire(now, back);
              if (bucket.removeIfIdle(now)) {
                buckets.remove(key, bucket);
              }
            } finally {
              bucket.leave();
            }
          }
        });
    giveBack(back);
  }

  private void giveBack(List<RateStore.Unused> back) {
    for (var next = unused.poll(); next != null; next = unused.poll()) {
      back.add(next);
    }
    if (!back.isEmpty()) {
      back.sort(Comparator.comparing(RateStore.Unused::key));
      store.giveBack(back);
    }
  }

  @Override
  public void destroy() {
    closed = true;
    try {
      sweep(nanos.getAsLong() + Bucket.LEASE_NANOS);
    } catch (RuntimeException e) {
      log.debug("Unused units are lost with this process", e);
    }
  }
}
