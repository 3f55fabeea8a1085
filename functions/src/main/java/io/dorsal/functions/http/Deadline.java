package io.dorsal.functions.http;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When a call's time is up, and the guard that nothing of it is kept afterwards: no statement
 * begins and no transaction commits once it has passed. Thread-safe.
 */
final class Deadline {

  /** That of the call this thread works for. */
  static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();

  private final long end;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition committed = lock.newCondition();
  private boolean committing;
  private boolean passed;

  Deadline(Duration limit) {
    this.end = System.nanoTime() + limit.toNanos();
  }

  /** The work is to end; who called is told so already. */
  static final class PassedException extends RuntimeException {
    PassedException() {
      super("The time of the call is up");
    }
  }

  /** Whole seconds, rounded up, at least one. */
  int secondsLeft() {
    return (int) Math.max(1, Math.ceilDiv(end - System.nanoTime(), 1_000_000_000L));
  }

  /**
   * @throws PassedException once {@link #pass} was called
   */
  void require() {
    lock.lock();
    try {
      if (passed) {
        throw new PassedException();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * From now until {@link #endCommit} the deadline cannot pass.
   *
   * @throws PassedException once {@link #pass} was called
   */
  void beginCommit() {
    lock.lock();
    try {
      require();
      committing = true;
    } finally {
      lock.unlock();
    }
  }

  void endCommit() {
    lock.lock();
    try {
      committing = false;
      committed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** From now on nothing is kept; waits for a commit that is under way. */
  void pass() {
    lock.lock();
    try {
      while (committing) {
        committed.awaitUninterruptibly();
      }
      passed = true;
    } finally {
      lock.unlock();
    }
  }
}
