package io.dorsal.jobs.contents.formats;

import com.google.re2j.Pattern;
import io.dorsal.discovery.contents.FileContents;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.jspecify.annotations.Nullable;

/**
 * An office file that is a zip: which kind it is says its directory. Nothing unpacks beyond 1 GiB
 * in all or 100 times its packed size.
 */
final class OfficeZip implements AutoCloseable {

  static final long MOST_UNPACKED = 1L << 30;
  private static final int MOST_ENTRIES = 20_000;

  static {
    ZipSecureFile.setMinInflateRatio(0.01);
    ZipSecureFile.setMaxEntrySize(MOST_UNPACKED);
    ZipSecureFile.setMaxFileCount(MOST_ENTRIES);
  }

  private final ZipSecureFile zip;
  private final List<ZipArchiveEntry> entries;
  private long unpacked;

  private OfficeZip(ZipSecureFile zip) {
    this.zip = zip;
    this.entries = Collections.list(zip.getEntries());
  }

  /**
   * @throws RefusedException BOMB, ENCRYPTED, TOO_LARGE; CORRUPT where it is no office file
   */
  static FileContents read(Path file, @Nullable Pattern ids) throws IOException {
    try (OfficeZip zip = new OfficeZip(new ZipSecureFile(file.toFile()))) {
      zip.checkDirectory();
      if (zip.has("xl/workbook.xml")) {
        Workbook workbook = new Workbook(ids);
        XlsxSheets.read(file, workbook);
        return workbook.contents();
      } else if (zip.has("content.xml")) {
        Workbook workbook = new Workbook(ids);
        OdsSheets.read(zip, workbook);
        return workbook.contents();
      } else if (zip.has("word/document.xml") || zip.has("ppt/presentation.xml")) {
        TextCollector text = new TextCollector();
        try {
          ZipText.read(zip, text);
        } catch (TextCollector.FullException e) {
          // Nobody asked for more.
        }
        return text.contents(ids);
      }
      throw new RefusedException(RefusedException.Code.CORRUPT, "no office file");
    }
  }

  private void checkDirectory() throws RefusedException {
    long declared = 0;
    for (ZipArchiveEntry entry : entries) {
      declared += Math.max(0, entry.getSize());
      if (entry.getGeneralPurposeBit().usesEncryption()) {
        throw new RefusedException(RefusedException.Code.ENCRYPTED, "locked entries");
      }
    }
    if (declared > MOST_UNPACKED || declared < 0) {
      throw new RefusedException(RefusedException.Code.BOMB, "declares more than 1 GiB");
    }
    if (entries.size() > MOST_ENTRIES) {
      throw new RefusedException(RefusedException.Code.BOMB, "more entries than a document has");
    }
  }

  boolean has(String name) {
    return zip.getEntry(name) != null;
  }

  List<String> names() {
    return entries.stream().map(ZipArchiveEntry::getName).toList();
  }

  /** One entry, counted with all others. */
  InputStream open(String name) throws IOException {
    ZipArchiveEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new RefusedException(RefusedException.Code.CORRUPT, "an entry is missing");
    }
    return new FilterInputStream(zip.getInputStream(entry)) {
      @Override
      public int read() throws IOException {
        int c = super.read();
        count(c < 0 ? 0 : 1);
        return c;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        int read = super.read(bytes, from, length);
        count(Math.max(read, 0));
        return read;
      }
    };
  }

  private void count(int bytes) throws RefusedException {
    unpacked += bytes;
    if (unpacked > MOST_UNPACKED) {
      throw new RefusedException(RefusedException.Code.BOMB, "unpacks to more than 1 GiB");
    }
  }

  /** Whether POI's own watch over sizes and ratios ended a reading. */
  static boolean isBomb(Throwable failure) {
    String message = failure.getMessage();
    boolean refusedAsBomb =
        failure instanceof RefusedException refused && refused.code() == RefusedException.Code.BOMB;
    return refusedAsBomb || (message != null && message.contains("Zip bomb detected"));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
