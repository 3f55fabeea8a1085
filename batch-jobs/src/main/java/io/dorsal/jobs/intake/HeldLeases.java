package io.dorsal.jobs.intake;

import io.dorsal.access.Tenancy;
import io.dorsal.discovery.ScanWork;
import io.dorsal.jobs.JobsSettings;
import io.dorsal.work.Leases;
import io.dorsal.work.WorkSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * What this process is at work on: keeps its heartbeats going, and stops work whose scan was
 * canceled, paused or failed. Thread-safe.
 */
@Component
public class HeldLeases implements DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(HeldLeases.class);
  private static final Duration ASK_AGAIN = Duration.ofMillis(500);

  private final Leases leases;
  private final ScanWork scans;
  private final Set<Held> held = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("lease-", 0).factory());

  HeldLeases(Leases leases, ScanWork scans, WorkSettings work, JobsSettings jobs) {
    this.leases = leases;
    this.scans = scans;
    every(work.heartbeat(), this::beat);
    every(jobs.watch(), this::watch);
  }

  private void every(Duration interval, Runnable task) {
    var _ =
        timer.scheduleWithFixedDelay(
            () -> quietly(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void quietly(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.warn("Heartbeat or watch failed, tried again soon: {}", e.toString());
    }
  }

  private void beat() {
    leases.heartbeat(held.stream().map(Held::lease).toList());
  }

  private void watch() {
    held.stream()
        .collect(Collectors.groupingBy(Held::scanId))
        .values()
        .forEach(
            parts -> {
              Held any = parts.getFirst();
              if (!Tenancy.in(any.tenantId(), () -> scans.wants(any.scanId()))) {
                parts.forEach(
                    one -> one.signal().abort("The scan was canceled, paused or failed."));
              }
            });
  }

  /**
   * Takes the resource, waiting while a living holder is at work, so that no delivery is used up by
   * asking too early.
   *
   * @param wanted asked while waiting; false gives up
   */
  Optional<Held> acquire(WorkOrder order, String resource, BooleanSupplier wanted) {
    while (wanted.getAsBoolean()) {
      Optional<Held> taken = take(order, resource);
      if (taken.isPresent()) {
        return taken;
      }
      try {
        Thread.sleep(ASK_AGAIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** One at a time, so that two messages for one resource do not take it from each other. */
  private synchronized Optional<Held> take(WorkOrder order, String resource) {
    if (held.stream().anyMatch(one -> one.lease().resource().equals(resource))) {
      return Optional.empty();
    }
    Optional<Held> taken =
        leases
            .tryAcquire(resource, order.scanId())
            .map(lease -> new Held(lease, order.tenantId(), order.scanId(), new WorkSignal()));
    taken.ifPresent(held::add);
    return taken;
  }

  /** Whether somebody, living or dead, holds the resource. */
  boolean isHeld(String resource) {
    return leases.isHeld(resource);
  }

  void release(Held done) {
    try {
      leases.release(done.lease());
      if (Tenancy.in(done.tenantId(), () -> scans.over(done.scanId()))) {
        leases.forget(done.scanId());
      }
    } finally {
      held.remove(done);
    }
  }

  /** Lets everything at work stop after its commit under way. */
  void drain() {
    held.forEach(one -> one.signal().drain());
  }

  /** Makes everything at work give back what is not committed. */
  void abortAll() {
    held.forEach(one -> one.signal().abort("The worker stops."));
  }

  @Override
  public void destroy() {
    timer.shutdownNow();
  }
}
