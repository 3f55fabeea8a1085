package io.dorsal.bench;

import io.dorsal.bench.figures.Meter;
import io.dorsal.bench.figures.Part;
import io.dorsal.bench.figures.Report;
import io.dorsal.bench.figures.Rounds;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.peers.BareClient;
import io.dorsal.bench.peers.Rclone;
import io.dorsal.bench.peers.Tool;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.sources.PatientSource;
import io.dorsal.sources.Source;
import io.dorsal.sources.SourcePage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationContext;

/** The listing of a container as the product reads it, page by page, without its rows. */
final class ListBench {

  private final BlobStore store;
  private final StubFiles files;
  private final Path scratch;

  ListBench(BlobStore store, StubFiles files, Path scratch) {
    this.store = store;
    this.files = files;
    this.scratch = scratch;
  }

  Report run(BenchStack stack, int runs) throws IOException, InterruptedException {
    BareClient bare = new BareClient(store);
    UUID connection = UUID.fromString(stack.connect(store));
    try (var rooms = Rooms.on(stack)) {
      Rounds rounds =
          new Rounds("bare client", () -> bare.list(files))
              .add("Dorsal", () -> dorsal(rooms, connection));
      Optional<Tool> rclone = Tool.find("rclone", Rclone.PACKAGE);
      if (rclone.isPresent()) {
        var peer = new Rclone(rclone.get(), store, scratch);
        rounds.add("rclone lsjson --fast-list", () -> peer.list(files.all().size()));
      } else {
        rounds.note(Tool.missing("rclone", Rclone.PACKAGE));
      }
      return rounds
          .warmUp(2)
          .run(
              "list, " + store.name(),
              "Listing of %,d files, %s".formatted(files.all().size(), store.name()),
              runs);
    }
  }

  private Sample dorsal(ApplicationContext rooms, UUID connection) {
    List<Part> parts = new ArrayList<>(List.of(Part.OWN));
    parts.addAll(store.parts());
    Meter meter = Meter.start(store, parts);
    long listed = listed(Rooms.source(rooms, connection, store));
    if (listed != files.all().size()) {
      throw new IllegalStateException("Listed " + listed + " of " + files.all().size());
    }
    return meter.stop(listed);
  }

  private static long listed(Source opened) {
    Source source = new PatientSource(opened, Duration.ofMinutes(5), () -> {});
    long listed = 0;
    SourcePage page = source.list("", null);
    listed += page.files().size();
    while (page.next() != null) {
      page = source.list("", page.next());
      listed += page.files().size();
    }
    return listed;
  }
}
