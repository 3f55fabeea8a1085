package io.dorsal.functions.http;

import io.dorsal.operations.OperationsSettings;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Lets a functions app that is told to end finish its calls: {@code /ready} says NOT_READY from
 * that moment, calls are served on until load balancers have seen it, and then those that run are
 * waited for, while the database and all else is still there. Thread-safe.
 */
@Component
class RunningCalls implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(RunningCalls.class);

  /** A call may take 30 s; a little more, for its refusal to be sent. */
  private static final Duration LONGEST = Duration.ofSeconds(32);

  private final Duration notReady;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private int calls;
  private boolean closed;
  private volatile boolean running;

  RunningCalls(OperationsSettings settings) {
    this.notReady = settings.notReady();
  }

  /**
   * Runs the work as a call that a stop waits for.
   *
   * @throws ProblemException SERVICE_UNAVAILABLE where the app takes no more
   */
  <T> T run(Supplier<T> work) {
    enter();
    try {
      return work.get();
    } finally {
      exit();
    }
  }

  private void enter() {
    lock.lock();
    try {
      if (closed) {
        throw new ProblemException(
            GeneralProblem.SERVICE_UNAVAILABLE, "This instance ends; another one takes over.");
      }
      calls++;
    } finally {
      lock.unlock();
    }
  }

  private void exit() {
    lock.lock();
    try {
      calls--;
      idle.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    log.info("Functions stop: NOT_READY for {} s, then calls end", notReady.toSeconds());
    try {
      Thread.sleep(notReady);
      int left = closeAndWait();
      if (left > 0) {
        log.warn("Stopped with {} calls at work", left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running = false;
    }
  }

  private int closeAndWait() throws InterruptedException {
    long nanos = LONGEST.toNanos();
    lock.lock();
    try {
      closed = true;
      while (calls > 0 && nanos > 0) {
        nanos = idle.awaitNanos(nanos);
      }
      return calls;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stops before everything else. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
