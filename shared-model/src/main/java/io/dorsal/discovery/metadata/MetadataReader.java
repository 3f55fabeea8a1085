package io.dorsal.discovery.metadata;

import io.dorsal.discovery.metadata.Inspection.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Inspects files through few and small range reads: the head, then at most 8 ranges of 64 KiB where
 * an offset points outside. Every byte is taken for hostile: nothing is allocated from declared
 * sizes, no file makes it throw. Thread-safe.
 */
public final class MetadataReader {

  /** The part of a file that its head hash covers, in bytes; also the default first range. */
  public static final int HEAD = 131_072;

  private final Clock clock;
  private final int firstRange;

  /** Reads 128 KiB first; the clock tells which dates lie in the future. */
  public MetadataReader(Clock clock) {
    this(clock, HEAD);
  }

  /**
   * @param firstRange bytes of the first read; below 128 KiB larger files get no head hash
   */
  public MetadataReader(Clock clock, int firstRange) {
    if (firstRange < 1_024 || firstRange > ByteWindows.BYTE_BUDGET) {
      throw new IllegalArgumentException("firstRange must be 1 KiB to 2 MiB: " + firstRange);
    }
    this.clock = clock;
    this.firstRange = firstRange;
  }

  /**
   * Inspects one file.
   *
   * @param path only its extension is used
   * @param size the listed size in bytes, 0 or more
   * @param fileClass the class by extension; the first bytes may overrule it
   * @throws IOException what {@code reader} threw, unchanged; nothing else ends an inspection
   */
  public Inspection inspect(String path, long size, FileClass fileClass, RangeReader reader)
      throws IOException {
    if (fileClass == FileClass.OTHER) {
      return Inspection.unread(Outcome.SKIPPED, null, fileClass);
    }
    if (size <= 0) {
      return Inspection.unread(Outcome.UNREADABLE, "EMPTY_FILE", fileClass);
    }
    if (size > fileClass.limit()) {
      return Inspection.unread(Outcome.SKIPPED, "TOO_LARGE", fileClass);
    }
    try {
      int first = fileClass == FileClass.SIDECAR ? (int) fileClass.limit() : firstRange;
      return inspect(path, fileClass, new ByteWindows(reader, size, first));
    } catch (SourceFailure e) {
      throw e.failure();
    }
  }

  private Inspection inspect(String path, FileClass byName, ByteWindows windows) {
    Findings findings = new Findings();
    String extension = FileClass.extension(path);
    Format format = Format.of(windows.head());
    FileClass fileClass = byName;
    if (format != null && !format.accepts(extension)) {
      findings.notes.add(Note.EXTENSION_MISMATCH);
      fileClass = format.fileClass(extension, byName);
    }
    findings.raw = fileClass == FileClass.RAW;
    String code;
    ImageMetadata image = null;
    if (format != null && (fileClass == FileClass.IMAGE || fileClass == FileClass.RAW)) {
      readImage(format, windows, findings);
      image = Normalizer.normalize(findings, clock);
      code = unreadable(windows, findings);
    } else if (fileClass == FileClass.SIDECAR) {
      XmpPacket.read(windows.head(), findings);
      image = Normalizer.normalize(findings, clock);
      code = unreadable(windows, findings);
    } else {
      code = opaque(format, extension, byName, windows);
    }
    if (windows.truncated()) {
      findings.notes.add(Note.METADATA_TRUNCATED);
    }
    return result(code, fileClass, format, image, findings, windows);
  }

  // What the readers met on the way is kept; whatever ended them was in the file.
  private static void readImage(Format format, ByteWindows windows, Findings findings) {
    try {
      switch (format) {
        case JPEG -> JpegWalk.read(windows, findings);
        case PNG -> PngWalk.read(windows, findings);
        case GIF -> SmallHeaders.gif(windows, findings);
        case BMP -> SmallHeaders.bmp(windows, findings);
        case WEBP -> RiffWalk.read(windows, findings);
        case HEIF, AVIF, CR3 -> BoxWalk.read(windows, findings);
        case RAF -> SmallHeaders.raf(windows, findings);
        case TIFF, BIG_TIFF, CR2, ORF, RW2 -> {
          TiffWalk.readFile(windows, findings);
          RawPictures.read(format, findings, windows.size());
        }
        case PDF, RTF, OLE, ZIP, SQLITE, JET -> throw new IllegalStateException("no image");
      }
    } catch (SourceFailure e) {
      throw e;
    } catch (RuntimeException e) {
      findings.notes.add(Note.CORRUPT);
    }
  }

  private static @Nullable String unreadable(ByteWindows windows, Findings findings) {
    Normalizer.copyTags(findings);
    boolean excused =
        windows.truncated()
            || findings.notes.contains(Note.METADATA_TRUNCATED)
            || findings.notes.contains(Note.XMP_REFUSED);
    return findings.nothing() && !excused ? "CORRUPT" : null;
  }

  // Office files and databases: told apart and checked from outside, read by their own room.
  private static @Nullable String opaque(
      @Nullable Format format, String extension, FileClass byName, ByteWindows windows) {
    return switch (format) {
      case null -> plainText(extension) ? null : "CORRUPT";
      case ZIP -> office(byName) ? ArchiveGuard.zip(windows) : "CORRUPT";
      case OLE -> office(byName) ? ArchiveGuard.ole(windows) : "CORRUPT";
      default -> null;
    };
  }

  private static boolean office(FileClass fileClass) {
    return fileClass == FileClass.SPREADSHEET || fileClass == FileClass.DOCUMENT;
  }

  // Tables exported as xls or doc are often text or HTML in truth.
  private static boolean plainText(String extension) {
    return switch (extension) {
      case "csv", "tsv", "txt", "rtf", "xls", "doc" -> true;
      default -> false;
    };
  }

  private static Inspection result(
      @Nullable String code,
      FileClass fileClass,
      @Nullable Format format,
      @Nullable ImageMetadata image,
      Findings findings,
      ByteWindows windows) {
    if (code != null) {
      // The code says it already.
      findings.notes.remove(Note.CORRUPT);
    }
    return new Inspection(
        code == null ? Outcome.INSPECTED : Outcome.UNREADABLE,
        code,
        fileClass,
        format == null ? null : format.mediaType(),
        code == null ? image : null,
        new java.util.TreeSet<>(findings.notes),
        findings.tags.kept(),
        headHash(windows),
        windows.bytesRead(),
        windows.ranges());
  }

  private static byte @Nullable [] headHash(ByteWindows windows) {
    int covered = (int) Math.min(HEAD, windows.size());
    byte[] head = windows.head();
    if (head.length < covered) {
      return null;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(windows.size()).flip());
      digest.update(head, 0, covered);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
