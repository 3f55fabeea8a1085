package io.dorsal.jobs.inspection;

import io.dorsal.discovery.InspectedFile;
import io.dorsal.discovery.PartitionItem;
import io.dorsal.discovery.PartitionWork;
import io.dorsal.discovery.ScanPartition;
import io.dorsal.discovery.metadata.Inspection;
import io.dorsal.jobs.intake.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the files of a chunk that killed or failed its workers one by one, each named in the
 * database before it is touched, so that one more death tells whose fault it was; a failure tells
 * at once. Files behind that chunk go many at once again. Thread-safe.
 */
final class OneByOne {

  private static final Logger log = LoggerFactory.getLogger(OneByOne.class);

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
      return inspected(item);
    } finally {
      turn.unlock();
    }
  }

  /** Who fails its worker alone and for the third time gets the blame. */
  private InspectedFile inspected(PartitionItem item) {
    try {
      return inspector.inspect(item);
    } catch (RuntimeException | Error e) {
      if (!ownFault(e)) {
        throw e;
      }
      log.error("File {} fails its worker each time", item.fileId(), e);
      return FileInspector.unread(item, Inspection.Outcome.UNREADABLE, "WORKER_CRASH", null);
    }
  }

  /** Not where work has to stop, nor where the store or this machine's disk failed. */
  private static boolean ownFault(Throwable failure) {
    boolean unknown =
        Verdict.of(List.of(failure)) instanceof Verdict.TryAgain again && !again.ofStore();
    return unknown
        && Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
            .noneMatch(c -> c instanceof IOException || c instanceof InterruptedException);
  }
}
