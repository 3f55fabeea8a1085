package io.dorsal.bench.peers;

import io.dorsal.bench.figures.Meter;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.local.process.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** rclone copies whole files into memory, exiftool reads them there. No database. */
public final class CopyAndRead {

  private final Rclone rclone;
  private final Exiftool exiftool;
  private final BlobStore store;
  private final Path folder;

  /**
   * @param folder where the files go; what is in it is lost
   */
  public CopyAndRead(Rclone rclone, Exiftool exiftool, BlobStore store, Path folder) {
    this.rclone = rclone;
    this.exiftool = exiftool;
    this.store = store;
    this.folder = folder;
  }

  /**
   * Does it once.
   *
   * @param files that there are
   * @param inFlight copies at once
   */
  public Sample run(int files, int inFlight) throws IOException, InterruptedException {
    FileTrees.delete(folder);
    Meter meter = Meter.start(store, store.parts());
    Tool.Ran copied = rclone.copy(folder, inFlight);
    Tool.Ran read = exiftool.folder(folder);
    Sample sample = meter.stop(files, Map.of("rclone", copied.use(), "exiftool", read.use()));
    requireMost(files);
    FileTrees.delete(folder);
    return sample;
  }

  private void requireMost(int files) throws IOException {
    try (Stream<Path> copies = Files.walk(folder)) {
      long copied = copies.filter(Files::isRegularFile).count();
      if (copied < files * Rclone.MOST_OF_THEM) {
        throw new IOException("rclone copied %d of %d files".formatted(copied, files));
      }
    }
  }
}
