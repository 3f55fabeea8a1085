package io.dorsal.jobs.inspection;

import io.dorsal.discovery.ScanPartition;
import io.dorsal.jobs.JobsSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The places of a worker, a thread for each file at inspection. Its partitions lend each other
 * theirs, so that none is idle while a chunk is kept, its last files come in, or a scan has few
 * partitions. Threads of the system, for they wait for a socket at less cost than virtual ones
 * (decision 0040).
 *
 * <p>Scans get them first come, first served. Of a scan's partitions the first in rank gets the
 * most, the second half as many, the third a third (stride scheduling). While the worker has as
 * many partitions as it takes, the one with the least files left is first: they end one after
 * another, and workers that share a scan take what is left in turn. Once there is nothing more to
 * take, the one with the most left is first, and they end together (decision 0041). Thread-safe.
 */
@Component
final class Places {

  private final int partitions;
  private final Executor threads;
  private final List<Share> shares = new ArrayList<>();

  @Autowired
  Places(JobsSettings settings) {
    this(settings.partitions(), pool(settings.partitions() * settings.reads()));
  }

  /**
   * @param partitions how many the worker takes
   * @param threads run what is given to them in the order in which it came
   */
  Places(int partitions, Executor threads) {
    this.partitions = partitions;
    this.threads = threads;
  }

  private static Executor pool(int count) {
    var threads = Thread.ofPlatform().daemon().name("inspect-", 0).factory();
    var pool =
        new ThreadPoolExecutor(
            count, count, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), threads);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** What a partition gets of the places, until it is closed. */
  synchronized Share share(ScanPartition partition) {
    var share = new Share(partition);
    shares.add(share);
    return share;
  }

  private synchronized Runnable next(UUID scanId) {
    Share turn =
        shares.stream()
            .filter(share -> share.of(scanId) && !share.waiting.isEmpty())
            .min(Comparator.comparingLong(share -> share.pass))
            .orElseThrow();
    turn.passed = turn.pass;
    turn.pass += rank(turn);
    turn.left--;
    Runnable file = turn.waiting.remove();
    turn.leaveIfDone();
    return file;
  }

  private long rank(Share share) {
    boolean more = shares.size() >= partitions;
    ToLongFunction<Share> order = more ? one -> one.left : one -> -one.left;
    return 1
        + shares.stream()
            .filter(
                other ->
                    other.of(share.scanId) && order.applyAsLong(other) < order.applyAsLong(share))
            .count();
  }

  /** A partition's share; what it was given before it was closed is still run. */
  final class Share implements Executor, AutoCloseable {

    private final UUID scanId;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private long left;
    private long pass;
    private long passed;
    private boolean closed;

    private Share(ScanPartition partition) {
      this.scanId = partition.scanId();
      this.left = partition.last() - partition.next() + 1;
    }

    /** Runs a file when it is this partition's turn. */
    @Override
    public void execute(Runnable file) {
      synchronized (Places.this) {
        if (waiting.isEmpty()) {
          pass = Math.max(pass, now());
        }
        waiting.add(file);
      }
      threads.execute(() -> next(scanId).run());
    }

    /** Who had nothing to do has not saved up turns meanwhile. */
    private long now() {
      return shares.stream()
          .filter(share -> share.of(scanId))
          .mapToLong(share -> share.passed)
          .max()
          .orElse(0);
    }

    @Override
    public void close() {
      synchronized (Places.this) {
        closed = true;
        leaveIfDone();
      }
    }

    private void leaveIfDone() {
      if (closed && waiting.isEmpty()) {
        shares.remove(this);
      }
    }

    private boolean of(UUID scan) {
      return scanId.equals(scan);
    }
  }
}
