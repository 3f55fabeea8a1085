package io.dorsal.connections;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files with keys in them. */
final class OwnersFile {

  private OwnersFile() {}

  /**
   * Makes a file, and its folder, readable by its owner only. Two processes may do so at once: the
   * file appears whole, and the first one wins.
   */
  static void make(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path draft =
        Files.createTempFile(
            folder,
            "key",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.write(draft, content);
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // The other process made it; its content is the one.
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
