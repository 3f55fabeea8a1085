package io.dorsal.jobs.maintenance;

import io.dorsal.jobs.intake.OrderHandler;
import io.dorsal.jobs.intake.Verdict;
import io.dorsal.jobs.intake.WorkOrder;
import io.dorsal.operations.Kept;
import io.dorsal.operations.Span;
import io.dorsal.support.ParcelWork;
import io.dorsal.work.Queues;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Packs parcels. Needs no lease: packed twice, the second copy replaces the first. */
@Component
class MaintenanceOrders implements OrderHandler {

  private final ParcelWork parcels;

  MaintenanceOrders(ParcelWork parcels) {
    this.parcels = parcels;
  }

  @Override
  public String queue() {
    return Queues.MAINTENANCE;
  }

  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public Verdict handle(WorkOrder order, BooleanSupplier running) {
    try (Span span = Span.below(Kept.Kind.JOB, "pack", order.tenantId());
        var _ = span.context().open()) {
      parcels.pack(order.tenantId(), order.scanId());
      return new Verdict.Done();
    } catch (RuntimeException e) {
      return Verdict.of(List.of(e));
    }
  }

  @Override
  public void poisoned(WorkOrder order, @Nullable Throwable last) {
    parcels.failed(order.tenantId(), order.scanId());
  }
}
