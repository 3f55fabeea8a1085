package io.dorsal.jobs.contents;

import io.dorsal.discovery.contents.FileContents;
import io.dorsal.discovery.contents.ReadContents;
import io.dorsal.discovery.metadata.Inspection.Outcome;
import io.dorsal.discovery.metadata.RangeReader;
import io.dorsal.jobs.contents.TempFiles.TempDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reads foreign files whole, from copies that are removed at once. Thread-safe. */
public final class ContentReader implements AutoCloseable {

  private static final int RANGE = 4 << 20;

  private final ParserPool parsers;
  private final Semaphore copies;
  private final TempDirectory directory;
  private final @Nullable String idPattern;
  private final Runnable mayGoOn;
  private final AtomicLong names = new AtomicLong();

  ContentReader(
      ParserPool parsers,
      Semaphore copies,
      TempDirectory directory,
      @Nullable String idPattern,
      Runnable mayGoOn) {
    this.parsers = parsers;
    this.copies = copies;
    this.directory = directory;
    this.idPattern = idPattern;
    this.mayGoOn = mayGoOn;
  }

  /**
   * What came of one file.
   *
   * @param code why it was not read; null where it was
   * @param contents what was read; the disk keeps it until {@link #forget}
   */
  public record Reading(Outcome outcome, @Nullable String code, @Nullable ReadContents contents) {}

  /** Contents as a parser process wrote them. */
  private record Written(Path file) implements ReadContents {
    @Override
    public FileContents open() {
      return JsonMapper.shared().readValue(file, FileContents.class);
    }
  }

  /**
   * Reads one file.
   *
   * @param path only its extension is used
   * @param mediaType by its first bytes; null if they are those of no known format
   * @throws IOException what {@code ranges} threw, or the disk's failure
   */
  public Reading read(String path, long size, @Nullable String mediaType, RangeReader ranges)
      throws IOException {
    ParserPool.acquire(copies, mayGoOn);
    long name = names.incrementAndGet();
    Path copy = directory.path().resolve(name + ".file");
    Path result = directory.path().resolve(name + ".json");
    try {
      copy(size, ranges, copy);
      var request =
          new ParserRequest(
              copy.toString(), result.toString(), mediaType, extension(path), idPattern);
      String[] answer = parsers.read(request, mayGoOn).split(" ", 2);
      return new Reading(
          Outcome.valueOf(answer[0]),
          answer.length == 1 ? null : answer[1],
          answer.length == 1 ? new Written(result) : null);
    } finally {
      Files.deleteIfExists(copy);
      copies.release();
    }
  }

  /** Removes contents that nobody will open again. */
  public static void forget(ReadContents contents) {
    if (contents instanceof Written(Path file)) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void copy(long size, RangeReader ranges, Path copy) throws IOException {
    try (OutputStream out = Files.newOutputStream(copy)) {
      for (long at = 0; at < size; ) {
        byte[] bytes = ranges.read(at, (int) Math.min(RANGE, size - at));
        if (bytes.length == 0) {
          return;
        }
        out.write(bytes);
        at += bytes.length;
      }
    }
  }

  private static String extension(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    directory.close();
  }
}
