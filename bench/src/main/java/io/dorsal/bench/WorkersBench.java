package io.dorsal.bench;

import io.dorsal.bench.figures.Report;
import io.dorsal.bench.figures.Rounds;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFiles;
import java.io.IOException;

/** First scans by two workers against one, each with as many reads at once. */
final class WorkersBench {

  private final BenchStack one;
  private final BenchStack two;
  private final BlobStore store;
  private final StubFiles files;

  /**
   * @param two a stack of its own, so that neither has to start workers between the runs
   */
  WorkersBench(BenchStack one, BenchStack two, BlobStore store, StubFiles files) {
    this.one = one;
    this.two = two;
    this.store = store;
    this.files = files;
  }

  Report run(int runs, int inFlight) throws IOException, InterruptedException {
    DorsalScan alone = new DorsalScan(one, store);
    DorsalScan together = new DorsalScan(two, store);
    return new Rounds("one worker", () -> alone.first(files))
        .add("two workers", () -> together.first(files))
        .warmUp(1)
        .run(
            "workers, " + store.name(),
            "First scan of %,d files by two workers against one, %s, %d reads in flight each"
                .formatted(files.all().size(), store.name(), inFlight),
            runs);
  }
}
