package io.dorsal.jobs.intake;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;

/**
 * Tells running work to stop: at the next commit, or at the next read. Thread-safe.
 *
 * <p>As an interruption policy it marks the step as terminated before it throws; a step only
 * interrupted would count as COMPLETED with items missing.
 */
public final class WorkSignal implements StepInterruptionPolicy {

  private final AtomicBoolean draining = new AtomicBoolean();
  private final AtomicReference<@Nullable String> aborted = new AtomicReference<>();
  private final Set<Thread> reading = new HashSet<>();

  /** Stop after the commit under way. */
  void drain() {
    draining.set(true);
  }

  /** Stop at the next read; what is not committed is given back. */
  void abort(String reason) {
    aborted.compareAndSet(null, reason);
    draining.set(true);
    synchronized (reading) {
      reading.forEach(Thread::interrupt);
    }
  }

  /** Whether the work has to end early. */
  public boolean stopping() {
    return draining.get();
  }

  /**
   * @throws WorkStoppedException where the work has to end now
   */
  public void mayGoOn() {
    String reason = aborted.get();
    if (reason != null) {
      throw new WorkStoppedException(reason);
    }
  }

  /**
   * Makes a request to the store, which an abort interrupts: a store that hangs holds up no stop.
   * The interrupt never outlives the request, for a step that meets it would count as done.
   *
   * @throws WorkStoppedException where the work has to end now
   */
  <T> T reading(Supplier<T> request) {
    Thread reader = Thread.currentThread();
    synchronized (reading) {
      mayGoOn();
      reading.add(reader);
    }
    try {
      return request.get();
    } finally {
      synchronized (reading) {
        reading.remove(reader);
        if (aborted.get() != null) {
          var _ = Thread.interrupted();
        }
      }
    }
  }

  @Override
  public void checkInterrupted(StepExecution step) throws JobInterruptedException {
    if (draining.get()) {
      step.setTerminateOnly();
      throw new JobInterruptedException("The worker stops or the scan ended.");
    }
  }
}
