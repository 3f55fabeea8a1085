package io.dorsal.jobs.listing;

import io.dorsal.discovery.Scan;
import io.dorsal.discovery.ScanWork;
import io.dorsal.jobs.intake.Held;
import io.dorsal.jobs.intake.OrderHandler;
import io.dorsal.jobs.intake.OrderWork;
import io.dorsal.jobs.intake.Verdict;
import io.dorsal.jobs.intake.WorkOrder;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.work.Queues;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.stereotype.Component;

/** Lists the sources of requested scans. */
@Component
class ScanOrders implements OrderHandler {

  private final ScanWork scans;
  private final OrderWork work;
  private final ListSource listSource;

  ScanOrders(ScanWork scans, OrderWork work, ListSource listSource) {
    this.scans = scans;
    this.work = work;
    this.listSource = listSource;
  }

  @Override
  public String queue() {
    return Queues.SCAN_REQUESTS;
  }

  @Override
  public int concurrency() {
    return 2;
  }

  @Override
  public Verdict handle(WorkOrder order, BooleanSupplier running) {
    return work.underLease(
        "scan/" + order.scanId(),
        order,
        ListSource.NAME,
        instance(order.scanId(), order.dispatch()),
        running,
        held ->
            scans
                .beginListing(order.tenantId(), order.scanId())
                .map(scan -> list(scan, held))
                .orElseGet(Verdict.Done::new));
  }

  private Verdict list(Scan scan, Held held) {
    return work.run(
        held, listSource.job(scan, held.signal()), instance(scan.id(), scan.dispatches()));
  }

  private static JobParameters instance(UUID scanId, int dispatch) {
    return new JobParametersBuilder()
        .addString("scan", scanId.toString())
        .addLong("dispatch", (long) dispatch)
        .toJobParameters();
  }

  @Override
  public void poisoned(WorkOrder order, @Nullable Throwable last) {
    var end = Verdict.givenUp("Listing", last, GeneralProblem.INTERNAL_ERROR);
    scans.fail(order.scanId(), order.dispatch(), end.problem(), end.detail());
  }
}
