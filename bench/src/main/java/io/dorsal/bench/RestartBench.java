package io.dorsal.bench;

import io.dorsal.bench.figures.Meter;
import io.dorsal.bench.figures.Report;
import io.dorsal.bench.figures.Rounds;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.local.process.Readiness;
import io.dorsal.local.stack.StackOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How soon a worker goes on after SIGKILL: from its start to the first file that was not there
 * before, against its start alone. The locks of the dead worker have run out when it starts.
 */
final class RestartBench implements Bench.OfStack {

  private static final Duration LOCK = Duration.ofSeconds(8);

  private static final String WORKER = "worker-1";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SOME = 2_000;

  private final BenchStack stack;
  private final BlobStore store;
  private final StubFiles files;

  RestartBench(BenchStack stack, BlobStore store, StubFiles files) {
    this.stack = stack;
    this.store = store;
    this.files = files;
  }

  /** Locks that a bench can wait for. */
  static StackOptions shortLocks(StackOptions options) {
    Map<String, String> settings = new HashMap<>(options.settings());
    settings.put("DORSAL_STALE_AFTER", "6s");
    settings.put("DORSAL_HEARTBEAT", "1s");
    return options.withWorkers(1).withLockDuration(LOCK).withSettings(settings);
  }

  @Override
  public Report run(int runs, int inFlight) throws IOException, InterruptedException {
    if (files.all().size() < 5 * SOME) {
      throw new IllegalArgumentException("A scan has to be under way for a while: --files 10000.");
    }
    return new Rounds("the worker's start", this::start)
        .add("first new file after kill -9", this::resumed)
        .run(
            "restart, " + store.name(),
            "Restart of a worker in a scan of %,d files, %s, %d reads in flight"
                .formatted(files.all().size(), store.name(), inFlight),
            runs);
  }

  private Sample start() throws IOException, InterruptedException {
    stack.stack().killWorker(WORKER);
    Meter meter = Meter.start(store, store.parts());
    stack.stack().startWorker(WORKER);
    awaitReady();
    return meter.stop(1);
  }

  private void awaitReady() throws InterruptedException {
    var ready = Readiness.answering(URI.create(stack.stack().internal(WORKER) + "/ready"));
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!answers(ready)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("The worker did not start");
      }
      Thread.sleep(20);
    }
  }

  private static boolean answers(Readiness ready) throws InterruptedException {
    try {
      return ready.ready();
    } catch (IOException _) {
      return false;
    }
  }

  private Sample resumed() throws InterruptedException {
    String scan = stack.api().post("/scans", Map.of("source_id", stack.source(store))).id();
    await(scan, SOME);
    stack.stack().killWorker(WORKER);
    Thread.sleep(LOCK.plusSeconds(1));
    long before = inspected(scan);
    Meter meter = Meter.start(store, store.parts());
    stack.stack().startWorker(WORKER);
    await(scan, before + 1);
    Sample sample = meter.stop(1);
    DorsalScan.ended(stack.api(), scan);
    return sample;
  }

  private void await(String scan, long files) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (inspected(scan) < files) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("The scan stands still at " + inspected(scan));
      }
      // Each look costs the functions CPU time that the worker has to do without.
      Thread.sleep(200);
    }
  }

  private long inspected(String scan) throws InterruptedException {
    JsonNode progress = stack.api().get("/scans/" + scan).body().path("progress");
    return progress.path("inspected").asLong();
  }
}
