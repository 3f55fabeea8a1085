package io.dorsal.jobs.patterns;

import io.dorsal.discovery.PatternWork;
import io.dorsal.jobs.intake.OrderHandler;
import io.dorsal.jobs.intake.Verdict;
import io.dorsal.jobs.intake.WorkOrder;
import io.dorsal.work.Queues;
import io.dorsal.work.RunningJob;
import io.dorsal.work.Task;
import io.dorsal.work.Tasks;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Detects the patterns of completed scans. Needs neither a lease nor a job: it is one transaction,
 * of which the second of two workers keeps nothing.
 */
@Component
class PatternOrders implements OrderHandler {

  private static final Logger log = LoggerFactory.getLogger(PatternOrders.class);

  private final PatternWork patterns;
  private final Tasks tasks;

  PatternOrders(PatternWork patterns, Tasks tasks) {
    this.patterns = patterns;
    this.tasks = tasks;
  }

  @Override
  public String queue() {
    return Queues.SCAN_PATTERNS;
  }

  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public Verdict handle(WorkOrder order, BooleanSupplier running) {
    try (Task _ = tasks.begin(RunningJob.Kind.PATTERNS, order.scanId(), order.tenantId())) {
      return patterns.detect(order.tenantId(), order.scanId(), running)
          ? new Verdict.Done()
          : new Verdict.GiveBack();
    }
  }

  @Override
  public void poisoned(WorkOrder order, @Nullable Throwable last) {
    log.error("The names of a scan could not be looked at, ten times scan={}", order.scanId());
  }
}
