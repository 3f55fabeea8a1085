package io.dorsal.local.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which ports the processes of one user picked and have perhaps not opened yet: each is a locked
 * byte of one file. The system lets go of the locks of a process that ends.
 */
final class PortClaims {

  private static final Map<Integer, FileLock> HELD = new HashMap<>();

  /** Open for good: closing any channel of the file would end all locks of this process. */
  private static @Nullable FileChannel file;

  private PortClaims() {}

  /** False when this process or another has claimed the port. */
  static synchronized boolean claim(int port) {
    try {
      FileLock lock = file().tryLock(port, 1, false);
      if (lock == null) {
        return false;
      }
      HELD.put(port, lock);
      return true;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw new IllegalStateException("No port can be claimed in " + path(), e);
    }
  }

  /** Others may have the port; nothing happens where it was not claimed. */
  static synchronized void release(int port) {
    FileLock lock = HELD.remove(port);
    if (lock == null) {
      return;
    }
    try {
      lock.release();
    } catch (IOException e) {
      throw new IllegalStateException("A port cannot be given back in " + path(), e);
    }
  }

  private static FileChannel file() throws IOException {
    FileChannel open = file;
    if (open == null || !open.isOpen()) {
      open =
          FileChannel.open(
              path(),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      file = open;
    }
    return open;
  }

  private static Path path() {
    String name = "dorsal-ports-" + System.getProperty("user.name") + ".lock";
    return Path.of(System.getProperty("java.io.tmpdir"), name);
  }
}
