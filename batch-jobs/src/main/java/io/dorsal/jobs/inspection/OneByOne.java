package io.dorsal.jobs.inspection;

import io.dorsal.discovery.InspectedFile;
import io.dorsal.discovery.PartitionItem;
import io.dorsal.discovery.PartitionWork;
import io.dorsal.discovery.ScanPartition;
import io.dorsal.discovery.metadata.Inspection;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes the files of a chunk that killed its workers one by one, each named in the database before
 * it is touched, so that one more death tells whose fault it was. Files behind that chunk go many
 * at once again. Thread-safe.
 */
final class OneByOne {

  private final FileInspector inspector;
  private final PartitionWork partitions;
  private final ScanPartition partition;
  private final long behind;
  private final ReentrantLock turn = new ReentrantLock();

  OneByOne(FileInspector inspector, PartitionWork partitions, ScanPartition partition, int chunk) {
    this.inspector = inspector;
    this.partitions = partitions;
    this.partition = partition;
    this.behind = partition.next() + chunk;
  }

  InspectedFile inspect(PartitionItem item) {
    if (item.crashed()) {
      return FileInspector.unread(item, Inspection.Outcome.UNREADABLE, "WORKER_CRASH", null);
    }
    if (item.ordinal() >= behind) {
      return inspector.inspect(item);
    }
    turn.lock();
    try {
      partitions.suspect(partition.scanId(), partition.number(), item.ordinal());
      return inspector.inspect(item);
    } finally {
      turn.unlock();
    }
  }
}
