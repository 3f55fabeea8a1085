package io.dorsal.bench;

import io.dorsal.bench.figures.Report;
import io.dorsal.bench.figures.Series;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.bench.store.StubStore;
import io.dorsal.local.stack.LocalStack;
import io.dorsal.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A first scan, end to end, against a bare client that makes the same requests, and a second one
 * that finds nothing changed.
 */
final class ScanBench {

  private static final int RANGE = 128 * 1024;

  private final Path home;
  private final Path directory;

  /**
   * @param home the checkout, with everything built
   * @param directory empty, for the stack's data
   */
  ScanBench(Path home, Path directory) {
    this.home = home;
    this.directory = directory;
  }

  /**
   * Runs both in turn, the ceiling first and last.
   *
   * @param inFlight requests at once of either
   */
  Report run(StubFiles files, int runs, Duration latency, int inFlight)
      throws IOException, InterruptedException {
    var bare = new Series("bare client");
    var dorsal = new Series("Dorsal");
    var again = new Series("Dorsal, nothing changed");
    StackOptions options =
        StackOptions.in(home, directory)
            .withSettings(
                Map.of(
                    "DORSAL_JOBS_PARTITIONS",
                    "4",
                    "DORSAL_JOBS_READS",
                    String.valueOf(Math.max(1, inFlight / 4))));
    try (StubStore store = StubStore.start(files, latency);
        LocalStack stack = LocalStack.start(options, line -> System.err.println(line));
        DorsalScan scans = new DorsalScan(stack, store)) {
      BareClient client = new BareClient(store, inFlight, RANGE);
      for (int run = 1; run <= runs; run++) {
        bare.add(client.run(files, true));
        dorsal.add(scans.run(files));
        again.add(scans.again(files));
        System.err.printf(
            "run %d of %d: bare %.0f files/s, Dorsal %.0f files/s%n",
            run, runs, bare.samples().getLast().rate(), dorsal.samples().getLast().rate());
      }
    }
    String title =
        "Scan of %,d files, stub with %d ms, %d requests in flight"
            .formatted(files.all().size(), latency.toMillis(), inFlight);
    return new Report(title, List.of(bare, dorsal, again));
  }
}
