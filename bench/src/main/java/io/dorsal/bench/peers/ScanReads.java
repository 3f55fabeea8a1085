package io.dorsal.bench.peers;

import io.dorsal.bench.store.StubFile;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.discovery.metadata.MetadataReader;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which ranges are read of which files, for a client that looks at nothing it reads and so cannot
 * tell what to read next. Immutable and thread-safe.
 */
public final class ScanReads {

  /** Bytes of a file. */
  public record Range(int offset, int length) {}

  private final int listed;
  private final List<StubFile> files;
  private final Map<StubFile, List<Range>> ranges;

  private ScanReads(StubFiles files, Map<StubFile, List<Range>> ranges) {
    this.listed = files.all().size();
    this.files = List.copyOf(ranges.keySet());
    this.ranges = ranges;
  }

  /**
   * What a scan reads of the files it opens: the first range and, where metadata lies beyond it,
   * those that follow. The files are inspected in memory for it.
   */
  public static ScanReads of(StubFiles files) throws IOException {
    var reader = new MetadataReader(Clock.systemUTC());
    Map<StubFile, List<Range>> ranges = new LinkedHashMap<>();
    for (StubFile file : opened(files)) {
      ranges.put(file, inspected(reader, file));
    }
    return new ScanReads(files, ranges);
  }

  /** Only the first bytes of each file that a scan opens. */
  public static ScanReads heads(StubFiles files, int bytes) {
    Map<StubFile, List<Range>> ranges = new LinkedHashMap<>();
    for (StubFile file : opened(files)) {
      ranges.put(file, List.of(new Range(0, Math.min(bytes, file.size()))));
    }
    return new ScanReads(files, ranges);
  }

  private static List<StubFile> opened(StubFiles files) {
    return files.all().stream().filter(StubFile::opened).toList();
  }

  private static List<Range> inspected(MetadataReader reader, StubFile file) throws IOException {
    List<Range> ranges = new ArrayList<>();
    reader.inspect(
        file.name(),
        file.size(),
        FileClass.of(file.name()),
        (offset, length) -> {
          ranges.add(new Range((int) offset, length));
          return file.bytes((int) offset, length);
        });
    return List.copyOf(ranges);
  }

  /** How many files there are, those included of which nothing is read. */
  int listed() {
    return listed;
  }

  /** The files of which something is read, in the order of a listing. */
  public List<StubFile> files() {
    return files;
  }

  /** The ranges of one of the files, in the order they are read. */
  public List<Range> of(StubFile file) {
    return Objects.requireNonNull(ranges.get(file), file::name);
  }
}
