package io.dorsal.jobs.inspection;

import io.dorsal.discovery.InspectedFile;
import io.dorsal.discovery.PartitionItem;
import io.dorsal.discovery.metadata.Inspection;
import io.dorsal.discovery.metadata.MetadataReader;
import io.dorsal.jobs.contents.ContentReader;
import io.dorsal.sources.ListedFile;
import io.dorsal.sources.Source;
import io.dorsal.sources.SourceException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inspects one file by range reads of the version that was listed. What is wrong with the file
 * becomes its result; what is wrong with the store is thrown. Thread-safe.
 */
final class FileInspector {

  private static final Logger log = LoggerFactory.getLogger(FileInspector.class);

  private final MetadataReader metadata;
  private final ContentReader contents;
  private final Source source;

  FileInspector(MetadataReader metadata, ContentReader contents, Source source) {
    this.metadata = metadata;
    this.contents = contents;
    this.source = source;
  }

  /**
   * @throws SourceException where the store refuses for reasons beyond this file
   */
  InspectedFile inspect(PartitionItem item) {
    if (item.archived()) {
      return skipped(item, "ARCHIVED", null);
    }
    try {
      return read(item, item.size(), item.etag(), null);
    } catch (SourceException e) {
      return switch (e.kind()) {
        case MISSING -> new InspectedFile(item, null, null);
        case ARCHIVED -> skipped(item, "ARCHIVED", null);
        case CHANGED -> again(item);
        case BUSY, AUTH, UNAVAILABLE -> throw e;
      };
    }
  }

  /** The file changed since it was listed: it is looked at once more. */
  private InspectedFile again(PartitionItem item) {
    try {
      ListedFile current = source.stat(item.path());
      return read(item, current.size(), current.etag(), current);
    } catch (SourceException e) {
      return switch (e.kind()) {
        case MISSING -> new InspectedFile(item, null, null);
        case ARCHIVED -> skipped(item, "ARCHIVED", null);
        // Under our hands again: the next scan sees another ETag and reads it then.
        case CHANGED -> skipped(item, "SOURCE_CHANGED", null);
        case BUSY, AUTH, UNAVAILABLE -> throw e;
      };
    }
  }

  private InspectedFile read(
      PartitionItem item, long size, String etag, @Nullable ListedFile current) {
    FirstRange ranges =
        new FirstRange(
            (offset, length) -> {
              try {
                return source.read(item.path(), etag, offset, length);
              } catch (RuntimeException e) {
                // Parsers take unchecked exceptions for a broken file; the store's own must pass.
                throw new IOException(e);
              }
            });
    try {
      Inspection inspection = metadata.inspect(item.path(), size, item.fileClass(), ranges);
      boolean readOn =
          inspection.outcome() == Inspection.Outcome.INSPECTED
              && inspection.fileClass().readWhole();
      return readOn
          ? whole(item, size, inspection, ranges, current)
          : new InspectedFile(item, inspection, current);
    } catch (IOException e) {
      throw e.getCause() instanceof RuntimeException refusal
          ? refusal
          : new IllegalStateException(e);
    } catch (RuntimeException e) {
      log.warn("A parser failed at file {}", item.fileId(), e);
      return unread(item, Inspection.Outcome.UNREADABLE, "CORRUPT", current);
    }
  }

  /** Reads the whole file. */
  private InspectedFile whole(
      PartitionItem item,
      long size,
      Inspection head,
      FirstRange ranges,
      @Nullable ListedFile current)
      throws IOException {
    if (size > head.fileClass().limit()) {
      return new InspectedFile(
          item, head.readOn(Inspection.Outcome.SKIPPED, "TOO_LARGE", 0, 0), current);
    }
    ranges.countAnew();
    ContentReader.Reading reading = reading(item, size, head, ranges);
    Inspection end =
        head.readOn(reading.outcome(), reading.code(), ranges.bytes(), ranges.requests());
    return new InspectedFile(item, end, current, reading.contents());
  }

  private ContentReader.Reading reading(
      PartitionItem item, long size, Inspection head, FirstRange ranges) throws IOException {
    try {
      return contents.read(item.path(), size, head.detectedType(), ranges);
    } catch (RuntimeException e) {
      // A stop of the work, or of this machine: no fault of the file's.
      throw new IOException(e);
    }
  }

  private static InspectedFile skipped(
      PartitionItem item, String code, @Nullable ListedFile current) {
    return unread(item, Inspection.Outcome.SKIPPED, code, current);
  }

  /** The result of a file that was not read to the end. */
  static InspectedFile unread(
      PartitionItem item, Inspection.Outcome outcome, String code, @Nullable ListedFile current) {
    return new InspectedFile(item, Inspection.unread(outcome, code, item.fileClass()), current);
  }
}
