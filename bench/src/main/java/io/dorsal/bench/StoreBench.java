package io.dorsal.bench;

import io.dorsal.bench.figures.Report;
import io.dorsal.bench.figures.Series;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.bench.store.StubStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How much the stub itself can give, so that nobody takes its limit for Dorsal's. */
final class StoreBench {

  private static final int IN_FLIGHT = 64;

  private StoreBench() {}

  static Report run(StubFiles files, int runs) throws IOException, InterruptedException {
    List<Series> series = new ArrayList<>();
    try (StubStore store = StubStore.start(files, Duration.ZERO)) {
      for (int kib : new int[] {64, 128}) {
        var client = new BareClient(store, IN_FLIGHT, kib * 1024);
        var reads = new Series("ranges of " + kib + " KiB");
        for (int run = 0; run <= runs; run++) {
          var sample = client.run(files, false);
          // The first run compiles.
          if (run > 0) {
            reads.add(sample);
          }
        }
        series.add(reads);
      }
    }
    return new Report("Range reads of the stub store, client in the same process", series);
  }
}
