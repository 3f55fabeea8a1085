package io.dorsal.bench;

import io.dorsal.bench.figures.Report;
import io.dorsal.bench.figures.Rounds;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.peers.BareClient;
import io.dorsal.bench.peers.CopyAndRead;
import io.dorsal.bench.peers.Exiftool;
import io.dorsal.bench.peers.KnownWay;
import io.dorsal.bench.peers.Rclone;
import io.dorsal.bench.peers.ScanReads;
import io.dorsal.bench.peers.Tool;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFile;
import io.dorsal.bench.store.StubFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * First scans, end to end, against a bare client that makes the same requests, and against peers.
 */
final class ScanBench {

  /** Partitions a worker inspects at once. */
  static final int PARTITIONS = 4;

  /** Files after which a worker compiles little that is new. */
  private static final int COMPILED_AFTER = 40_000;

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
    return report(warm(rounds(inFlight)).run("scan, " + store.name(), title(inFlight), runs));
  }

  /**
   * The same with those who do it another way.
   *
   * @param scratch for what they print
   * @param memory for copies of all files
   */
  Report besidePeers(int runs, int inFlight, Path scratch, Path memory)
      throws IOException, InterruptedException {
    KnownWay known = new KnownWay(store, stack.migratorsUrl(), stack.postgres());
    Rounds rounds = rounds(inFlight).add("one after another", () -> known.run(files));
    Optional<Tool> rclone = Tool.find("rclone", Rclone.PACKAGE);
    Optional<Tool> exiftool = Tool.find("exiftool", Exiftool.PACKAGE);
    if (rclone.isPresent() && exiftool.isPresent()) {
      var peer =
          new CopyAndRead(
              new Rclone(rclone.get(), store, scratch),
              new Exiftool(exiftool.get(), scratch),
              store,
              memory.resolve("copies"));
      rounds.add("rclone copy + exiftool -fast2", () -> peer.run(files.all().size(), inFlight));
    } else {
      rounds.note(Tool.missing("rclone or exiftool", Rclone.PACKAGE + " " + Exiftool.PACKAGE));
    }
    String section = "scan beside its peers, " + store.name();
    return report(warm(rounds).run(section, title(inFlight), runs));
  }

  private Rounds rounds(int inFlight) throws IOException {
    BareClient bare = new BareClient(store);
    ScanReads reads = ScanReads.of(files);
    DorsalScan dorsal = new DorsalScan(stack, store);
    return new Rounds("bare client", () -> bare.scan(reads, inFlight))
        .add("Dorsal", () -> dorsal.first(files));
  }

  private Rounds warm(Rounds rounds) throws IOException, InterruptedException {
    return rounds.warmUp(Math.max(1, COMPILED_AFTER / Math.max(1, files.all().size())));
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
