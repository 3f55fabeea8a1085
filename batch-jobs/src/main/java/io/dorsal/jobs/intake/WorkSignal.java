package io.dorsal.jobs.intake;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
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

  /** Stop after the commit under way. */
  void drain() {
    draining.set(true);
  }

  /** Stop at the next read; what is not committed is given back. */
  void abort(String reason) {
    aborted.compareAndSet(null, reason);
    draining.set(true);
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

  @Override
  public void checkInterrupted(StepExecution step) throws JobInterruptedException {
    if (draining.get()) {
      step.setTerminateOnly();
      throw new JobInterruptedException("The worker stops or the scan ended.");
    }
  }
}
