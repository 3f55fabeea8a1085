package io.dorsal.bench;

import io.dorsal.bench.figures.Report;
import io.dorsal.bench.figures.Series;
import io.dorsal.bench.peers.BareClient;
import io.dorsal.bench.peers.ScanReads;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFiles;
import java.util.ArrayList;
import java.util.List;

/** How much a store itself can give, so that nobody takes its limit for Dorsal's. */
final class StoreBench {

  private StoreBench() {}

  static Report run(BlobStore store, StubFiles files, int runs, int inFlight) {
    List<Series> series = new ArrayList<>();
    BareClient client = new BareClient(store);
    for (int kib : new int[] {64, 128}) {
      var reads = new Series("ranges of " + kib + " KiB");
      ScanReads heads = ScanReads.heads(files, kib * 1024);
      // The first run compiles.
      client.read(heads, inFlight);
      for (int run = 1; run <= runs; run++) {
        reads.add(client.read(heads, inFlight));
      }
      series.add(reads);
    }
    return new Report(
        "store, " + store.name(),
        "Range reads of %s by a bare client, %d in flight".formatted(store.name(), inFlight),
        series.getFirst(),
        series.subList(1, series.size()),
        List.of());
  }
}
