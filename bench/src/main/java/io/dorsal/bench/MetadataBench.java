package io.dorsal.bench;

import io.dorsal.bench.figures.Meter;
import io.dorsal.bench.figures.Part;
import io.dorsal.bench.figures.Report;
import io.dorsal.bench.figures.Rounds;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.figures.Traffic;
import io.dorsal.bench.peers.Exiftool;
import io.dorsal.bench.peers.Exiv2;
import io.dorsal.bench.peers.Tool;
import io.dorsal.bench.store.StubFile;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.discovery.metadata.MetadataReader;
import io.dorsal.discovery.metadata.RangeReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Metadata of the same files by one thread of the product's reader and by one process of each peer.
 * The files lie in memory: in the heap, and in a file system there, if there is one.
 */
final class MetadataBench {

  /** A small number of files is read more often before the JVM knows the way. */
  private static final int WARM_UPS = 10;

  private final MetadataReader reader = new MetadataReader(Clock.systemUTC());
  private final Path folder;
  private final List<Item> items;

  /** One file in both places. */
  private record Item(Path path, FileClass fileClass, byte[] bytes) {}

  private MetadataBench(Path folder, List<Item> items) {
    this.folder = folder;
    this.items = items;
  }

  /**
   * Writes those of the files that carry metadata, under plain names.
   *
   * @param folder empty
   */
  static MetadataBench of(StubFiles files, Path folder) throws IOException {
    List<Item> items = new ArrayList<>();
    for (StubFile file : files.all()) {
      FileClass fileClass = FileClass.of(file.name());
      if (file.opened() && (fileClass == FileClass.IMAGE || fileClass == FileClass.RAW)) {
        String extension = file.name().substring(file.name().lastIndexOf('.'));
        Path path = folder.resolve("%07d%s".formatted(items.size(), extension));
        byte[] bytes = file.bytes();
        Files.write(path, bytes);
        items.add(new Item(path, fileClass, bytes));
      }
    }
    return new MetadataBench(folder, List.copyOf(items));
  }

  Report run(int runs, Path scratch) throws IOException, InterruptedException {
    List<Path> paths = items.stream().map(Item::path).toList();
    Rounds rounds =
        new Rounds("loop over the bytes", this::loop)
            .add("Dorsal", () -> dorsal(this::onDisk))
            .add("Dorsal, bytes in the heap", () -> dorsal(this::inHeap));
    Optional<Tool> exiftool = Tool.find("exiftool", Exiftool.PACKAGE);
    if (exiftool.isPresent()) {
      var peer = new Exiftool(exiftool.get(), scratch);
      rounds.add("exiftool -fast2", () -> peer.sample(paths));
    } else {
      rounds.note(Tool.missing("exiftool", Exiftool.PACKAGE));
    }
    Optional<Tool> exiv2 = Tool.find("exiv2", Exiv2.PACKAGE);
    if (exiv2.isPresent()) {
      var peer = new Exiv2(exiv2.get(), scratch);
      rounds.add("exiv2", () -> peer.sample(paths));
    } else {
      rounds.note(Tool.missing("exiv2", Exiv2.PACKAGE));
    }
    return rounds
        .note(
            "One thread or process each, the same files, all of them below "
                + folder.getRoot().resolve(folder.subpath(0, 2)))
        .warmUp(WARM_UPS)
        .run("metadata", "Metadata of %,d images".formatted(items.size()), runs);
  }

  /** What nobody can pass who looks at each byte of the first range once. */
  private Sample loop() {
    Meter meter = Meter.start(Traffic.NONE, List.of(Part.OWN));
    int sum = 0;
    for (Item item : items) {
      byte[] bytes = item.bytes();
      int end = Math.min(bytes.length, MetadataReader.HEAD);
      for (int at = 0; at < end; at++) {
        sum += bytes[at];
      }
    }
    Sample sample = meter.stop(items.size());
    // The sum is used, so that no compiler leaves the loop out.
    return sum == Integer.MIN_VALUE ? loop() : sample;
  }

  private interface Inspected {
    void inspect(Item item) throws IOException;
  }

  private Sample dorsal(Inspected way) throws IOException {
    Meter meter = Meter.start(Traffic.NONE, List.of(Part.OWN));
    for (Item item : items) {
      way.inspect(item);
    }
    return meter.stop(items.size());
  }

  private void inHeap(Item item) throws IOException {
    byte[] bytes = item.bytes();
    inspect(
        item,
        (offset, length) -> {
          int from = (int) Math.min(offset, bytes.length);
          return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
        });
  }

  private void onDisk(Item item) throws IOException {
    try (FileChannel channel = FileChannel.open(item.path())) {
      inspect(
          item,
          (offset, length) -> {
            int wanted = (int) Math.max(0, Math.min(length, item.bytes().length - offset));
            ByteBuffer buffer = ByteBuffer.allocate(wanted);
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
              // Until the range is full or the file ends.
            }
            return buffer.array();
          });
    }
  }

  private void inspect(Item item, RangeReader ranges) throws IOException {
    reader.inspect(item.path().toString(), item.bytes().length, item.fileClass(), ranges);
  }
}
