package io.dorsal.local.archive;

import com.azure.storage.blob.BlobContainerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes a planned archive where a scan can find it, many files at once, and its ledger.
 * Thread-safe.
 */
public final class ArchiveWriter {

  /** Enough to hide the store's latency; memory stays at this many files. */
  private static final int IN_FLIGHT = 48;

  private ArchiveWriter() {}

  /** Told after each file, in order, from the thread that called the writer. */
  @FunctionalInterface
  public interface Progress {

    /**
     * Tells how far the writing is.
     *
     * @param files written so far, all before them included
     * @param bytes of those files
     */
    void written(int files, long bytes);
  }

  private interface Store {
    void put(DemoFile file, LedgerEntry entry, byte[] bytes)
        throws IOException, InterruptedException;
  }

  /**
   * Writes every file as a block blob, over what may be there; a repeated call gives the same
   * blobs.
   *
   * @param prefix before every path: empty or ending in {@code /}
   * @param ledger file to write; it appears only when the whole archive was written
   * @throws IOException if a file could not be written; some others may have been
   * @throws InterruptedException if the calling thread was interrupted; uploads under way are ended
   */
  public static void write(
      BlobContainerClient container,
      String prefix,
      DemoArchive archive,
      Path ledger,
      Progress progress)
      throws IOException, InterruptedException {
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      throw new IllegalArgumentException("a prefix ends in /: " + prefix);
    }
    try (var puts = new BlobPuts(container)) {
      Store store = (file, entry, bytes) -> puts.put(entry.path(), bytes, headers(file, entry));
      write(store, prefix, archive, ledger, progress);
    }
  }

  /**
   * Writes the archive into a local folder, for other programs to look at. A segment {@code ..}
   * becomes {@code %2E%2E}, and folder markers become folders.
   *
   * @throws IOException as {@link #write}
   * @throws InterruptedException as {@link #write}
   */
  public static void writeFolder(Path folder, DemoArchive archive, Path ledger, Progress progress)
      throws IOException, InterruptedException {
    write((file, entry, bytes) -> save(folder, file, bytes), "", archive, ledger, progress);
  }

  private static void write(
      Store store, String prefix, DemoArchive archive, Path ledger, Progress progress)
      throws IOException, InterruptedException {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try (Ledger.Writer out = new Ledger.Writer(ledger)) {
      ArrayDeque<Future<LedgerEntry>> underWay = new ArrayDeque<>(IN_FLIGHT);
      long bytes = 0;
      for (int next = 0, done = 0; done < archive.files(); done++) {
        while (next < archive.files() && underWay.size() < IN_FLIGHT) {
          DemoFile file = archive.plan(next++);
          underWay.add(threads.submit(() -> put(store, prefix, file)));
        }
        LedgerEntry entry = result(underWay.remove());
        out.write(entry);
        bytes += entry.size();
        progress.written(done + 1, bytes);
      }
      out.complete();
    } finally {
      threads.shutdownNow();
      threads.close();
    }
  }

  private static LedgerEntry put(Store store, String prefix, DemoFile file)
      throws IOException, InterruptedException {
    byte[] bytes = file.bytes();
    LedgerEntry entry = file.entry(prefix, bytes);
    store.put(file, entry, bytes);
    return entry;
  }

  private static LedgerEntry result(Future<LedgerEntry> upload)
      throws IOException, InterruptedException {
    try {
      return upload.get();
    } catch (ExecutionException e) {
      throw new IOException("A file of the demo archive could not be written", e.getCause());
    }
  }

  private static Map<String, String> headers(DemoFile file, LedgerEntry entry) {
    Map<String, String> headers = new HashMap<>();
    headers.put("x-ms-blob-content-md5", entry.md5());
    headers.put("x-ms-blob-content-type", contentType(file.path()));
    if (file.folderMarker()) {
      headers.put("x-ms-meta-hdi_isfolder", "true");
    }
    return headers;
  }

  private static void save(Path folder, DemoFile file, byte[] bytes) throws IOException {
    Path target = folder.resolve(file.path().replace("/../", "/%2E%2E/"));
    if (file.folderMarker()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    Files.write(target, bytes);
  }

  private static String contentType(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "jpg" -> "image/jpeg";
      case "png" -> "image/png";
      case "tif", "tiff" -> "image/tiff";
      case "webp" -> "image/webp";
      case "csv" -> "text/csv";
      case "txt" -> "text/plain";
      default -> "application/octet-stream";
    };
  }
}
