package io.dorsal.bench;

import io.dorsal.bench.figures.Meter;
import io.dorsal.bench.figures.Part;
import io.dorsal.bench.figures.Report;
import io.dorsal.bench.figures.Rounds;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFile;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.discovery.PartitionCut;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Spring Batch with nothing to do, beside a scan: jobs of the same shape in the same database, of
 * as many items, whose files are there already and cost nothing. What they take a scan takes for
 * Spring Batch, at most: part of it runs while the scan waits for the store.
 */
final class BatchBench implements Bench.OfStack {

  /** A chunk of nothing leaves little to compile at a time. */
  private static final int EMPTY_RUNS = 10;

  private final BenchStack stack;
  private final BlobStore store;
  private final StubFiles files;

  BatchBench(BenchStack stack, BlobStore store, StubFiles files) {
    this.stack = stack;
    this.store = store;
    this.files = files;
  }

  @Override
  public Report run(int runs, int inFlight) throws IOException, InterruptedException {
    DorsalScan dorsal = new DorsalScan(stack, store);
    try (var rooms = Rooms.on(stack)) {
      var jobs = new EmptyJobs(rooms);
      return new Rounds("Spring Batch, nothing to do", () -> empty(jobs))
          .add("Dorsal", () -> dorsal.first(files))
          .warmUp(EMPTY_RUNS, 1)
          .run(
              "batch, " + store.name(),
              "Spring Batch's share of a first scan of %,d files, %s, %d reads in flight"
                  .formatted(files.all().size(), store.name(), inFlight),
              runs);
    }
  }

  private Sample empty(EmptyJobs jobs) throws InterruptedException {
    int items = (int) files.all().stream().filter(StubFile::opened).count();
    Meter meter = Meter.start(store, List.of(Part.OWN, stack.postgres()));
    try (var workers = Executors.newFixedThreadPool(ScanBench.PARTITIONS)) {
      List<Callable<Void>> partitions =
          IntStream.iterate(items, n -> n > 0, n -> n - PartitionCut.SIZE)
              .<Callable<Void>>mapToObj(
                  n ->
                      () -> {
                        jobs.run(Math.min(n, PartitionCut.SIZE));
                        return null;
                      })
              .toList();
      for (Future<Void> partition : workers.invokeAll(partitions)) {
        partition.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("A job without work failed", e.getCause());
    }
    return meter.stop(files.all().size());
  }
}
