package io.dorsal.bench;

import io.dorsal.bench.figures.Meter;
import io.dorsal.bench.figures.Part;
import io.dorsal.bench.figures.Report;
import io.dorsal.bench.figures.Rounds;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.peers.AtOnce;
import io.dorsal.bench.peers.BareClient;
import io.dorsal.bench.peers.ScanReads;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFile;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.discovery.metadata.MetadataReader;
import io.dorsal.sources.Source;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a first range of another size costs and saves: inspections without their rows. */
final class HeadBench implements Bench.OfStack {

  private static final int[] OTHERS_KIB = {64, 256};

  private final BenchStack stack;
  private final BlobStore store;
  private final StubFiles files;

  HeadBench(BenchStack stack, BlobStore store, StubFiles files) {
    this.stack = stack;
    this.store = store;
    this.files = files;
  }

  @Override
  public Report run(int runs, int inFlight) throws IOException, InterruptedException {
    BareClient bare = new BareClient(store);
    ScanReads reads = ScanReads.of(files);
    UUID connection = UUID.fromString(stack.connect(store));
    try (var rooms = Rooms.on(stack)) {
      Source source = Rooms.source(rooms, connection, store);
      Rounds rounds =
          new Rounds("bare client", () -> bare.read(reads, inFlight))
              .add(
                  name(MetadataReader.HEAD),
                  () -> all(source, reads, MetadataReader.HEAD, inFlight));
      for (int kib : OTHERS_KIB) {
        rounds.add(name(kib * 1024), () -> all(source, reads, kib * 1024, inFlight));
      }
      return rounds
          .warmUp(2)
          .run(
              "head, " + store.name(),
              "First ranges by size, %,d files, %s, %d reads in flight"
                  .formatted(files.all().size(), store.name(), inFlight),
              runs);
    }
  }

  private static String name(int bytes) {
    return "Dorsal, first range of %d KiB".formatted(bytes / 1024);
  }

  private Sample all(Source source, ScanReads reads, int firstRange, int inFlight) {
    List<Part> parts = new ArrayList<>(List.of(Part.OWN));
    parts.addAll(store.parts());
    var reader = new MetadataReader(Clock.systemUTC(), firstRange);
    Meter meter = Meter.start(store, parts);
    AtOnce.each(reads.files(), inFlight, file -> inspect(source, reader, file));
    return meter.stop(reads.files().size());
  }

  private void inspect(Source source, MetadataReader reader, StubFile file) throws IOException {
    String etag = store.etag(file).replace("\"", "");
    reader.inspect(
        file.name(),
        file.size(),
        FileClass.of(file.name()),
        (offset, length) -> source.read(file.name(), etag, offset, length));
  }
}
