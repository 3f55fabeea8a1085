package io.dorsal.jobs.intake;

import io.dorsal.discovery.ScanWork;
import io.dorsal.operations.Kept;
import io.dorsal.operations.Span;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.stereotype.Component;

/** Does an order's work under its lease and tells the scan how it ended. Thread-safe. */
@Component
public class OrderWork {

  private static final Logger log = LoggerFactory.getLogger(OrderWork.class);

  private final HeldLeases leases;
  private final ScanWork scans;
  private final JobRunner runner;

  OrderWork(HeldLeases leases, ScanWork scans, JobRunner runner) {
    this.leases = leases;
    this.scans = scans;
    this.runner = runner;
  }

  /**
   * Waits for the resource, works, gives it back, and tells the scan of a pause or failure. What a
   * dead worker left held or running is cleared away even where nothing is left to do.
   *
   * @param job the one that {@code work} runs, by name and identifying parameters
   */
  public Verdict underLease(
      String resource,
      WorkOrder order,
      String job,
      JobParameters instance,
      BooleanSupplier running,
      Function<Held, Verdict> work) {
    BooleanSupplier wanted =
        () -> running.getAsBoolean() && (scans.wants(order.scanId()) || leases.isHeld(resource));
    Optional<Held> held = leases.acquire(order, resource, wanted);
    if (held.isEmpty()) {
      return running.getAsBoolean() ? new Verdict.Done() : new Verdict.GiveBack();
    }
    Verdict verdict;
    try {
      verdict = work.apply(held.get());
      if (verdict instanceof Verdict.Done) {
        runner.closeDead(held.get(), job, instance);
      }
      tell(order, verdict);
    } finally {
      leases.release(held.get());
    }
    return verdict;
  }

  private void tell(WorkOrder order, Verdict verdict) {
    switch (verdict) {
      case Verdict.Pause(var problem, var detail, _) -> {
        log.warn("Scan paused: {} scan={}", problem, order.scanId());
        scans.pauseForAuth(order.scanId(), order.dispatch(), problem, detail);
      }
      case Verdict.Fail(var problem, var detail, _) -> {
        log.error("Scan failed: {} scan={}", problem.name(), order.scanId());
        scans.fail(order.scanId(), order.dispatch(), problem, detail);
      }
      case Verdict.Done done -> {}
      case Verdict.GiveBack back -> {}
      case Verdict.AwaitDatabase away -> {}
      case Verdict.Refuse refuse -> {}
      case Verdict.TryAgain again -> {}
    }
  }

  /**
   * Runs a job under the lease, as a hop below the partition's where it inspects one; its trace
   * goes along as a parameter that does not identify it.
   */
  public Verdict run(Held held, Job job, JobParameters instance) {
    Long partition = instance.getLong("partition");
    if (partition == null) {
      return asHop(held, job, instance);
    }
    try (Span span = Span.below(Kept.Kind.PARTITION, "partition " + partition, held.tenantId());
        var _ = span.context().open()) {
      span.with("scan_id", held.scanId().toString()).with("partition", partition).begun();
      Verdict verdict = asHop(held, job, instance);
      MessageSpans.ended(span, verdict);
      return verdict;
    }
  }

  private Verdict asHop(Held held, Job job, JobParameters instance) {
    try (Span span = Span.below(Kept.Kind.JOB, job.getName(), held.tenantId());
        var _ = span.context().open()) {
      span.with("scan_id", held.scanId().toString())
          .with("lease_epoch", held.lease().epoch())
          .with("took_over", held.lease().tookOver())
          .begun();
      var traced =
          new JobParametersBuilder(instance)
              .addString("trace_parent", span.context().traceparent(), false);
      Verdict verdict = runner.run(held, job, traced.toJobParameters());
      MessageSpans.ended(span, verdict);
      return verdict;
    }
  }
}
