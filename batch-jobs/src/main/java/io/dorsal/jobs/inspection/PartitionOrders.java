package io.dorsal.jobs.inspection;

import io.dorsal.discovery.DiscoveryProblem;
import io.dorsal.discovery.PartitionWork;
import io.dorsal.discovery.Scan;
import io.dorsal.discovery.ScanPartition;
import io.dorsal.discovery.ScanWork;
import io.dorsal.discovery.SourcePatterns;
import io.dorsal.jobs.JobsSettings;
import io.dorsal.jobs.contents.ContentReader;
import io.dorsal.jobs.contents.ContentReaders;
import io.dorsal.jobs.intake.Held;
import io.dorsal.jobs.intake.OrderHandler;
import io.dorsal.jobs.intake.OrderWork;
import io.dorsal.jobs.intake.Verdict;
import io.dorsal.jobs.intake.WorkOrder;
import io.dorsal.work.Queues;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.stereotype.Component;

/** Inspects the partitions of scans. */
@Component
class PartitionOrders implements OrderHandler {

  private final ScanWork scans;
  private final PartitionWork partitions;
  private final OrderWork work;
  private final InspectPartition inspectPartition;
  private final Places places;
  private final ContentReaders contents;
  private final SourcePatterns ids;
  private final JobsSettings settings;

  PartitionOrders(
      ScanWork scans,
      PartitionWork partitions,
      OrderWork work,
      InspectPartition inspectPartition,
      Places places,
      ContentReaders contents,
      SourcePatterns ids,
      JobsSettings settings) {
    this.scans = scans;
    this.partitions = partitions;
    this.work = work;
    this.inspectPartition = inspectPartition;
    this.places = places;
    this.contents = contents;
    this.ids = ids;
    this.settings = settings;
  }

  @Override
  public String queue() {
    return Queues.SCAN_PARTITIONS;
  }

  @Override
  public int concurrency() {
    return settings.partitions();
  }

  @Override
  public Verdict handle(WorkOrder order, BooleanSupplier running) {
    int number = Objects.requireNonNull(order.partition(), "partition");
    return work.underLease(
        ScanPartition.resource(order.scanId(), number),
        order,
        InspectPartition.NAME,
        instance(order.scanId(), number),
        running,
        held ->
            scans
                .inspecting(order.tenantId(), order.scanId())
                .map(scan -> inspect(scan, number, held))
                .orElseGet(Verdict.Done::new));
  }

  private Verdict inspect(Scan scan, int number, Held held) {
    Optional<ScanPartition> partition =
        partitions.begin(scan.id(), number, held.lease().tookOver());
    return partition.map(open -> inspect(scan, open, held)).orElseGet(Verdict.Done::new);
  }

  private Verdict inspect(Scan scan, ScanPartition partition, Held held) {
    String pattern = ids.of(scan.tenantId(), scan.sourceId()).orElse(null);
    try (ContentReader reader = contents.open(pattern, held.signal()::mayGoOn);
        Places.Share share = places.share(partition)) {
      Verdict verdict =
          work.run(
              held,
              inspectPartition.job(scan, partition, held.signal(), reader, share),
              instance(scan.id(), partition.number()));
      if (verdict instanceof Verdict.TryAgain again && !again.ofStore()) {
        partitions.failed(scan.id(), partition.number());
      }
      return verdict;
    }
  }

  private static JobParameters instance(UUID scanId, int number) {
    return new JobParametersBuilder()
        .addString("scan", scanId.toString())
        .addLong("partition", (long) number)
        .toJobParameters();
  }

  @Override
  public void poisoned(WorkOrder order, @Nullable Throwable last) {
    int number = Objects.requireNonNull(order.partition(), "partition");
    var end = Verdict.givenUp("Partition " + number, last, DiscoveryProblem.PARTITION_POISONED);
    boolean ended = scans.fail(order.scanId(), order.dispatch(), end.problem(), end.detail());
    if (ended && end.problem() == DiscoveryProblem.PARTITION_POISONED) {
      partitions.poisoned(order.scanId(), number);
    }
  }
}
