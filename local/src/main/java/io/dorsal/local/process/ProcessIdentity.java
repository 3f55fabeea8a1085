package io.dorsal.local.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that stays the same one: ids are given out again, id and start time together are not.
 *
 * @param started when the system says it started; {@link Instant#EPOCH} where the system does not
 *     say
 */
public record ProcessIdentity(long pid, Instant started) {

  /** Start times are computed from the boot time, which a corrected clock may shift a little. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  public static ProcessIdentity of(ProcessHandle handle) {
    return new ProcessIdentity(handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
  }

  /** The running process, or empty when it ended, even if its id belongs to another by now. */
  public Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(
            handle ->
                Duration.between(started, of(handle).started()).abs().compareTo(TOLERANCE) <= 0);
  }

  /** Ends the process if it still runs: asks with the signal, kills after the grace time. */
  public void end(Signal signal, Duration grace) {
    find()
        .ifPresent(
            handle -> {
              Signal.CONT.sendTo(pid);
              signal.sendTo(pid);
              if (!awaitExit(handle, grace)) {
                Signal.KILL.sendTo(pid);
                awaitExit(handle, Duration.ofSeconds(10));
              }
            });
  }

  /** True when the process ended within the time. */
  static boolean awaitExit(ProcessHandle handle, Duration time) {
    try {
      handle.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
