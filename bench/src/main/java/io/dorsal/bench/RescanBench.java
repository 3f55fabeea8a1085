package io.dorsal.bench;

import io.dorsal.bench.figures.Report;
import io.dorsal.bench.figures.Rounds;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.peers.BareClient;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFiles;
import java.io.IOException;

/** Scans that find nothing changed, against the bare listing and against first scans. */
final class RescanBench implements Bench.OfStack {

  private static final int PAGE = 5_000;

  private final BenchStack stack;
  private final BlobStore store;
  private final StubFiles files;

  RescanBench(BenchStack stack, BlobStore store, StubFiles files) {
    this.stack = stack;
    this.store = store;
    this.files = files;
  }

  @Override
  public Report run(int runs, int inFlight) throws IOException, InterruptedException {
    BareClient bare = new BareClient(store);
    DorsalScan dorsal = new DorsalScan(stack, store);
    dorsal.first(files);
    Report report =
        new Rounds("bare client, listing only", () -> bare.list(files))
            .add("Dorsal, nothing changed", () -> dorsal.again(files))
            .add("Dorsal, first scan", () -> dorsal.first(files))
            .run(
                "rescan, " + store.name(),
                "Rescan of %,d files, %s, %d reads in flight"
                    .formatted(files.all().size(), store.name(), inFlight),
                runs);
    return report.with(requests(report));
  }

  private String requests(Report report) {
    int pages = (files.all().size() + PAGE - 1) / PAGE;
    var asked = report.contestants().getFirst().of(Sample::requests);
    return "Requests of a rescan: %.0f to %.0f; the listing has %d pages."
        .formatted(asked.least(), asked.largest(), pages);
  }
}
