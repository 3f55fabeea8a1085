package io.dorsal.bench;

import io.dorsal.bench.figures.Report;
import io.dorsal.bench.figures.Rounds;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.peers.BareClient;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFile;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.discovery.metadata.MetadataReader;
import java.io.IOException;
import java.util.Map;

/**
 * First scans, end to end, against a bare client that makes the same requests, and against peers.
 */
final class ScanBench {

  private static final int PARTITIONS = 4;

  private final BenchStack stack;
  private final BlobStore store;
  private final StubFiles files;

  ScanBench(BenchStack stack, BlobStore store, StubFiles files) {
    this.stack = stack;
    this.store = store;
    this.files = files;
  }

  /** What a stack needs so that its one worker makes so many reads at once. */
  static Map<String, String> settings(int inFlight) {
    return Map.of(
        "DORSAL_JOBS_PARTITIONS",
        String.valueOf(PARTITIONS),
        "DORSAL_JOBS_READS",
        String.valueOf(Math.max(1, inFlight / PARTITIONS)));
  }

  /**
   * Runs all in turn.
   *
   * @param inFlight reads at once of either
   */
  Report run(int runs, int inFlight) throws IOException, InterruptedException {
    return report(rounds(inFlight).warmUp(1).run("scan, " + store.name(), title(inFlight), runs));
  }

  private Rounds rounds(int inFlight) {
    BareClient bare = new BareClient(store);
    DorsalScan dorsal = new DorsalScan(stack, store);
    return new Rounds("bare client", () -> bare.scan(files, inFlight, MetadataReader.HEAD))
        .add("Dorsal", () -> dorsal.first(files));
  }

  private String title(int inFlight) {
    return "First scan of %,d files, %s, %d reads in flight"
        .formatted(files.all().size(), store.name(), inFlight);
  }

  private Report report(Report report) {
    long stored = files.all().stream().mapToLong(StubFile::size).sum();
    double sent = report.contestants().getFirst().of(Sample::bytes).middle();
    String bytes = "Stored are %,d MiB".formatted(stored >> 20);
    return report.with(
        sent == 0 ? bytes + "." : bytes + "; Dorsal read %.2f %%.".formatted(100 * sent / stored));
  }
}
