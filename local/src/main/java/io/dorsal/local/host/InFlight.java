package io.dorsal.local.host;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the calls at work and lets a stop wait for the last of them. Thread-safe. */
final class InFlight {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private int calls;
  private boolean closed;

  /** False once {@link #close} was called; otherwise {@link #exit} must follow. */
  boolean enter() {
    lock.lock();
    try {
      if (!closed) {
        calls++;
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  void exit() {
    lock.lock();
    try {
      if (--calls == 0) {
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether calls may still enter. */
  boolean open() {
    lock.lock();
    try {
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** From now on nothing enters. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing is at work; false if that took longer. */
  boolean awaitIdle(Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (calls > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
      return calls == 0;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    lock.lock();
    try {
      return calls + " in flight";
    } finally {
      lock.unlock();
    }
  }
}
