package io.dorsal.operations;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Writes what is kept of actions behind their back: into a bounded queue, from there in batches
 * into the database. What finds the queue full is dropped and counted; where the database is away
 * the batch waits. Thread-safe.
 */
@Component
public class Recorder implements SmartLifecycle {

  static final String THREAD = "dorsal-recorder";

  private static final Logger log = LoggerFactory.getLogger(Recorder.class);
  private static final int MOST_WAITING = 20_000;
  private static final int AT_ONCE = 500;
  private static final long GATHER_MS = 200;
  private static final long AWAY_MS = 1_000;

  private final KeptRows rows;
  private final List<HopExport> exports;
  private final BlockingQueue<Kept> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong dropped = new AtomicLong();
  private final LogKeeper logs = new LogKeeper(this::offer);
  private volatile boolean running;
  private volatile Thread writer = new Thread(() -> {});

  Recorder(KeptRows rows, ObjectProvider<HopExport> exports) {
    this.rows = rows;
    this.exports = exports.stream().toList();
  }

  /** How much was dropped since the start, because it came faster than it could be written. */
  public long dropped() {
    return dropped.get();
  }

  private void offer(Kept kept) {
    if (!waiting.offer(kept)) {
      dropped.incrementAndGet();
    }
  }

  @Override
  public void start() {
    running = true;
    writer = Thread.ofPlatform().daemon().name(THREAD).start(this::write);
    Spans.into(this::offer);
    logs.begin();
  }

  /** Writes what is waiting, for at most three seconds. */
  @Override
  public void stop() {
    logs.end();
    running = false;
    try {
      writer.join(3_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Starts first and stops last, so that the last words of all others are kept. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }

  private void write() {
    List<Kept> batch = new ArrayList<>();
    while (running || !waiting.isEmpty()) {
      try {
        gather(batch);
        if (!batch.isEmpty()) {
          store(batch);
          batch.clear();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        dropped.addAndGet(batch.size());
        log.warn("What is kept of actions could not be written: {}", e.toString());
        batch.clear();
      }
    }
  }

  private void gather(List<Kept> batch) throws InterruptedException {
    Kept first = waiting.poll(GATHER_MS, TimeUnit.MILLISECONDS);
    if (first == null) {
      return;
    }
    batch.add(first);
    if (running) {
      Thread.sleep(GATHER_MS);
    }
    waiting.drainTo(batch, AT_ONCE - 1);
  }

  private void store(List<Kept> batch) throws InterruptedException {
    while (true) {
      try {
        Tenancy.run(Sweeper.RECORDER, () -> rows.insert(batch));
        break;
      } catch (DataAccessResourceFailureException | TransientDataAccessException away) {
        if (!running) {
          throw away;
        }
        Thread.sleep(AWAY_MS);
      } catch (DataAccessException broken) {
        // One row that cannot be stored must not cost the others.
        oneByOne(batch);
        break;
      }
    }
    for (HopExport export : exports) {
      export.sent(batch);
    }
  }

  private void oneByOne(List<Kept> batch) {
    for (Kept kept : batch) {
      try {
        Tenancy.run(Sweeper.RECORDER, () -> rows.insert(List.of(kept)));
      } catch (DataAccessException e) {
        dropped.incrementAndGet();
      }
    }
  }
}
