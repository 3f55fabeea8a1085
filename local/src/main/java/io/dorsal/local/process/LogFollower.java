package io.dorsal.local.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is added to a log file, as it comes. A file that is replaced by a new one, as at a restart,
 * is followed from its beginning. Not thread-safe.
 */
public final class LogFollower {

  private static final int STEP = 64 * 1024;

  private final Path log;
  private final OutputStream out;
  private long position;

  /** Begins at the present end of the file, which may be missing. */
  public LogFollower(Path log, OutputStream out) throws IOException {
    this.log = log;
    this.out = out;
    this.position = Files.exists(log) ? Files.size(log) : 0;
  }

  /** Copies what is new; returns how many bytes it was. */
  public long step() throws IOException {
    if (!Files.exists(log)) {
      position = 0;
      return 0;
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      if (file.length() < position) {
        position = 0;
      }
      file.seek(position);
      long copied = 0;
      byte[] buffer = new byte[STEP];
      for (int read = file.read(buffer); read > 0; read = file.read(buffer)) {
        out.write(buffer, 0, read);
        copied += read;
      }
      out.flush();
      position += copied;
      return copied;
    }
  }
}
