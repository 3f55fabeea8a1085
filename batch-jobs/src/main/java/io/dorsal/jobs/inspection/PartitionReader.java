package io.dorsal.jobs.inspection;

import io.dorsal.discovery.PartitionItem;
import io.dorsal.discovery.PartitionWork;
import io.dorsal.discovery.ScanPartition;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Reads the files of one partition in order, from its checkpoint on, a chunk's worth at a time. Not
 * thread-safe.
 */
final class PartitionReader implements ItemReader<PartitionItem> {

  private final PartitionWork partitions;
  private final ScanPartition partition;
  private final Deque<PartitionItem> fetched = new ArrayDeque<>();
  private long next;

  PartitionReader(PartitionWork partitions, ScanPartition partition) {
    this.partitions = partitions;
    this.partition = partition;
    this.next = partition.next();
  }

  /** The next file; null after the partition's last. */
  @Override
  public @Nullable PartitionItem read() {
    if (fetched.isEmpty() && next <= partition.last()) {
      fetched.addAll(
          partitions.items(partition.scanId(), next, partition.last(), InspectPartition.CHUNK));
      next += fetched.size();
    }
    return fetched.poll();
  }
}
