package io.dorsal.local.process;

import java.time.Duration;
import java.time.Instant;

/**
 * How often a process was started, and how long to wait before the next time: longer after each
 * early death. Not thread-safe.
 */
final class Restarts {

  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** A process that lived this long did start: the next wait is short again. */
  private static final Duration SETTLED = Duration.ofSeconds(20);

  private static final int EARLY_DEATHS = 4;

  private Instant startedAt = Instant.EPOCH;
  private int starts;
  private int deathsInARow;
  private Duration wait = FIRST_WAIT;

  /** Somebody asked for a start: earlier deaths count no more. */
  void forgive() {
    wait = FIRST_WAIT;
    deathsInARow = 0;
  }

  void started() {
    startedAt = Instant.now();
    starts++;
  }

  void died() {
    boolean settled = Duration.between(startedAt, Instant.now()).compareTo(SETTLED) > 0;
    wait = settled ? FIRST_WAIT : wait;
    deathsInARow = settled ? 0 : deathsInARow + 1;
  }

  /** The wait before the next start; asking doubles the one after it. */
  Duration pause() {
    Duration pause = wait;
    Duration longer = wait.multipliedBy(2);
    wait = longer.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longer;
    return pause;
  }

  /** How often it was started again after the first time. */
  int count() {
    return Math.max(0, starts - 1);
  }

  /** True when it keeps dying right after its start. */
  boolean hopeless() {
    return deathsInARow >= EARLY_DEATHS;
  }
}
