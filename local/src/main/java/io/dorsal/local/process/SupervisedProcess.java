package io.dorsal.local.process;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One process that is started again whenever it dies, until it is held or closed. Safe for use by
 * several threads.
 *
 * <p>Its child leads a session of its own where the system has {@code setsid}: Ctrl-C in a terminal
 * reaches the supervisor only, which then ends its processes in order. It does not outlive the
 * supervisor: see {@link Lifeline}.
 */
public final class SupervisedProcess implements AutoCloseable {

  private static final Logger LOG = System.getLogger(SupervisedProcess.class.getName());

  private final ProcessSpec spec;
  private final Runnable onChange;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Process current;
  private boolean wanted;
  private @Nullable Integer lastExit;
  private final Restarts restarts = new Restarts();

  /**
   * Starts nothing yet.
   *
   * @param onChange called after every start and every end, on any thread
   */
  public SupervisedProcess(ProcessSpec spec, Runnable onChange) {
    this.spec = spec;
    this.onChange = onChange;
  }

  public String name() {
    return spec.name();
  }

  public Path log() {
    return spec.log();
  }

  /** Starts the process unless it runs; ends a hold. */
  public void start() {
    lock.lock();
    try {
      wanted = true;
      restarts.forgive();
      // Who was just killed may be dead before its watch has noticed.
      if (current == null || !current.isAlive()) {
        launch();
      }
    } finally {
      lock.unlock();
    }
    onChange.run();
  }

  /** The id of the running process, or empty while it is down. */
  public OptionalLong pid() {
    return identity()
        .map(identity -> OptionalLong.of(identity.pid()))
        .orElseGet(OptionalLong::empty);
  }

  /** Who runs now, or empty while it is down. */
  public Optional<ProcessIdentity> identity() {
    lock.lock();
    try {
      return Optional.ofNullable(current)
          .filter(Process::isAlive)
          .map(process -> ProcessIdentity.of(process.toHandle()));
    } finally {
      lock.unlock();
    }
  }

  /** How often it was started again after the first time. */
  public int restarts() {
    return locked(restarts::count);
  }

  /** How its last end was, 128 and the signal's number after a signal; empty before any. */
  public OptionalInt lastExit() {
    lock.lock();
    try {
      if (current != null && !current.isAlive()) {
        return OptionalInt.of(current.exitValue());
      }
      return lastExit == null ? OptionalInt.empty() : OptionalInt.of(lastExit);
    } finally {
      lock.unlock();
    }
  }

  /** False while it is held down on purpose. */
  public boolean wanted() {
    return locked(() -> wanted);
  }

  /**
   * Sends a signal; nothing happens while it is down. After {@link Signal#KILL} it is started
   * again.
   */
  public void signal(Signal signal) {
    pid().ifPresent(signal::sendTo);
  }

  /** Kills the process and keeps it down until {@link #start()}. */
  public void killAndHold() {
    hold(Signal.KILL, Duration.ofSeconds(10));
  }

  /** Ends the process as its specification says and keeps it down until {@link #start()}. */
  @Override
  public void close() {
    hold(spec.stop(), spec.grace());
  }

  private void hold(Signal signal, Duration patience) {
    Process running;
    lock.lock();
    try {
      wanted = false;
      running = current;
    } finally {
      lock.unlock();
    }
    if (running != null && running.isAlive()) {
      ProcessIdentity.of(running.toHandle()).end(signal, patience);
      // The JDK learns of the end a moment after the system does.
      running.onExit().completeOnTimeout(running, 5, TimeUnit.SECONDS).join();
    }
    onChange.run();
  }

  /**
   * Waits until the process can do its work.
   *
   * @throws IllegalStateException when it keeps dying or the time is over; the message ends with
   *     the log's last lines
   */
  public void awaitReady(Duration time) throws InterruptedException {
    Instant end = Instant.now().plus(time);
    while (!isReady()) {
      if (locked(restarts::hopeless)) {
        throw new IllegalStateException(name() + " ends right after its start.\n" + tail(15));
      }
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException(
            name() + " was not ready within " + time.toSeconds() + " s.\n" + tail(15));
      }
      Thread.sleep(50);
    }
  }

  /** The last lines of its log. */
  public String tail(int lines) {
    return LogTail.of(spec.log(), lines);
  }

  private <T> T locked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  private boolean isReady() throws InterruptedException {
    if (pid().isEmpty()) {
      return false;
    }
    try {
      return spec.readiness().ready();
    } catch (IOException e) {
      return false;
    }
  }

  private void launch() {
    try {
      Process process = spec.launch();
      current = process;
      restarts.started();
      Thread.ofVirtual().name(name() + "-watch").start(() -> watch(process));
    } catch (IOException e) {
      LOG.log(Level.WARNING, name() + " could not be started", e);
      relaunchLater();
    }
  }

  private void watch(Process process) {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    lock.lock();
    try {
      lastExit = process.exitValue();
      if (current != process) {
        return;
      }
      current = null;
      restarts.died();
      if (wanted) {
        LOG.log(Level.INFO, "{0} ended with {1}; starting it again", name(), process.exitValue());
        relaunchLater();
      }
    } finally {
      lock.unlock();
    }
    onChange.run();
  }

  private void relaunchLater() {
    long pause = restarts.pause().toMillis();
    CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS, Thread::startVirtualThread)
        .execute(this::relaunch);
  }

  private void relaunch() {
    lock.lock();
    try {
      if (!wanted || current != null) {
        return;
      }
      launch();
    } finally {
      lock.unlock();
    }
    onChange.run();
  }
}
