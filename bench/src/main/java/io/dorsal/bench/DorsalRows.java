package io.dorsal.bench;

import io.dorsal.access.Tenancy;
import io.dorsal.bench.figures.Meter;
import io.dorsal.bench.figures.Part;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.figures.Traffic;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFile;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.discovery.ChunkWriter;
import io.dorsal.discovery.InspectedFile;
import io.dorsal.discovery.PartitionCut;
import io.dorsal.discovery.PartitionItem;
import io.dorsal.discovery.PartitionWork;
import io.dorsal.discovery.Scan;
import io.dorsal.discovery.ScanListing;
import io.dorsal.discovery.ScanPartition;
import io.dorsal.discovery.ScanWork;
import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.discovery.metadata.Inspection;
import io.dorsal.discovery.metadata.MetadataReader;
import io.dorsal.sources.ListedFile;
import io.dorsal.sources.SourcePage;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The rows of scans as a worker writes them, by the same classes in the same transactions, from
 * pages and inspections that are there already.
 */
final class DorsalRows {

  private static final int PAGE = 5_000;
  private static final int CHUNK = 500;
  private static final Instant MODIFIED = Instant.parse("2026-11-21T06:00:00Z");

  private final BenchStack stack;
  private final BlobStore store;
  private final ApplicationContext rooms;
  private final TransactionTemplate transaction;
  private final List<SourcePage> pages;
  private final Map<String, Inspection> inspections;

  /** A scan with rows. */
  record Written(UUID source, UUID scan) {}

  /** What is written in one transaction. */
  private record Chunk(ScanPartition partition, List<InspectedFile> files) {}

  DorsalRows(BenchStack stack, BlobStore store, ApplicationContext rooms, StubFiles files)
      throws IOException {
    this.stack = stack;
    this.store = store;
    this.rooms = rooms;
    this.transaction = new TransactionTemplate(rooms.getBean(PlatformTransactionManager.class));
    this.pages = pages(files.all());
    this.inspections = inspections(files.all());
  }

  private static List<SourcePage> pages(List<StubFile> files) {
    List<SourcePage> pages = new ArrayList<>();
    for (int from = 0; from < files.size(); from += PAGE) {
      int to = Math.min(files.size(), from + PAGE);
      List<ListedFile> page = files.subList(from, to).stream().map(DorsalRows::listed).toList();
      pages.add(new SourcePage(page, to == files.size() ? null : "from " + to));
    }
    return pages;
  }

  private static ListedFile listed(StubFile file) {
    boolean marker = file.name().endsWith("/");
    return new ListedFile(
        file.name(), file.size(), file.etag(), MODIFIED, null, "Hot", false, marker);
  }

  private static Map<String, Inspection> inspections(List<StubFile> files) throws IOException {
    var reader = new MetadataReader(Clock.systemUTC());
    Map<String, Inspection> inspections = new HashMap<>();
    for (StubFile file : files) {
      byte[] bytes = file.bytes();
      inspections.put(
          file.name(),
          reader.inspect(
              file.name(),
              bytes.length,
              FileClass.of(file.name()),
              (offset, length) -> {
                int from = (int) Math.min(offset, bytes.length);
                return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
              }));
    }
    return inspections;
  }

  /** A new source and a scan of it that nobody took up. */
  Written requested() throws InterruptedException {
    UUID source = UUID.fromString(stack.source(store));
    String scan = stack.api().post("/scans", Map.of("source_id", source.toString())).id();
    return new Written(source, UUID.fromString(scan));
  }

  /** A new source with the rows of its listing, ready to be inspected. */
  Written listed() throws InterruptedException {
    Written written = requested();
    in(
        () -> {
          Scan scan = begun(written);
          keep(scan);
          cut(scan);
        });
    return written;
  }

  /** A new source with all its rows. */
  Written inspected() throws InterruptedException {
    Written written = listed();
    in(() -> write(chunks(written), written));
    return written;
  }

  /** Writes the rows of a listing. */
  Sample list() throws InterruptedException {
    Written written = requested();
    var sample = new ArrayList<Sample>();
    in(
        () -> {
          Scan scan = begun(written);
          Meter meter = meter();
          keep(scan);
          sample.add(meter.stop(rows()));
        });
    return sample.getFirst();
  }

  /** Writes the rows of inspections. */
  Sample inspect() throws InterruptedException {
    Written written = listed();
    var sample = new ArrayList<Sample>();
    in(
        () -> {
          List<Chunk> chunks = chunks(written);
          Meter meter = meter();
          long rows = write(chunks, written);
          sample.add(meter.stop(rows));
        });
    return sample.getFirst();
  }

  private Meter meter() {
    return Meter.start(Traffic.NONE, List.of(Part.OWN, stack.postgres()));
  }

  private long rows() {
    return pages.stream().mapToLong(page -> page.files().size()).sum();
  }

  private static void in(Runnable work) {
    Tenancy.run(BenchStack.tenant(), work);
  }

  private Scan begun(Written written) {
    return rooms
        .getBean(ScanWork.class)
        .beginListing(BenchStack.tenant(), written.scan())
        .orElseThrow();
  }

  private void keep(Scan scan) {
    ScanListing listing = rooms.getBean(ScanListing.class);
    for (SourcePage page : pages) {
      transaction.executeWithoutResult(status -> listing.save(scan, page));
    }
  }

  private void cut(Scan scan) {
    PartitionCut cut = rooms.getBean(PartitionCut.class);
    transaction.executeWithoutResult(status -> cut.run(scan));
  }

  private List<Chunk> chunks(Written written) {
    PartitionWork partitions = rooms.getBean(PartitionWork.class);
    List<Chunk> chunks = new ArrayList<>();
    int total = 1;
    for (int number = 1; number <= total; number++) {
      ScanPartition partition = partitions.begin(written.scan(), number, false).orElseThrow();
      total = partition.total();
      for (long next = partition.next(); next <= partition.last(); next += CHUNK) {
        chunks.add(new Chunk(partition, items(partitions, partition, next)));
      }
    }
    return chunks;
  }

  private List<InspectedFile> items(PartitionWork partitions, ScanPartition partition, long next) {
    List<PartitionItem> items =
        Objects.requireNonNull(
            transaction.execute(
                status -> partitions.items(partition.scanId(), next, partition.last(), CHUNK)));
    return items.stream()
        .map(item -> new InspectedFile(item, inspections.get(item.path()), null))
        .toList();
  }

  private long write(List<Chunk> chunks, Written written) {
    ChunkWriter writer = rooms.getBean(ChunkWriter.class);
    Scan scan =
        rooms.getBean(ScanWork.class).inspecting(BenchStack.tenant(), written.scan()).orElseThrow();
    long rows = 0;
    for (Chunk chunk : chunks) {
      transaction.executeWithoutResult(
          status -> writer.write(scan, chunk.partition(), chunk.files()));
      rows += chunk.files().size();
    }
    return rows;
  }
}
