package io.dorsal.discovery.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that Debian's packages bring along for their own tests: fetched and unpacked into a
 * folder, never installed.
 */
final class DebianSamples {

  /** Small packages of pictures: cameras' EXIF; TIFF, PNG, BMP and WebP of all kinds. */
  static final List<String> PACKAGES =
      List.of(
          "golang-github-rwcarlsen-goexif-dev",
          "golang-golang-x-image-dev",
          "golang-github-disintegration-imaging-dev");

  private static final long LONGEST_MINUTES = 2;
  private static final String EXIF = "(?s)\u00ff\u00d8\u00ff\u00e1..Exif\0\0";
  private static final int EXIF_HEADER = 12;

  private DebianSamples() {}

  /**
   * Fetches what is not there yet.
   *
   * @param folder kept from run to run
   * @return empty if all packages are unpacked below the folder, else why not
   */
  static String fetch(Path folder) throws IOException, InterruptedException {
    if (!onPath("apt-get") || !onPath("dpkg-deb")) {
      return "there is no apt-get or no dpkg-deb here";
    }
    Files.createDirectories(folder);
    for (String name : PACKAGES) {
      Path unpacked = folder.resolve(name);
      if (!Files.exists(unpacked)) {
        Path file = downloaded(name, folder);
        if (file == null) {
          return "apt-get download " + name + " failed";
        }
        Path fresh = folder.resolve(name + ".part");
        if (!ran(folder, "dpkg-deb", "-x", file.toString(), fresh.toString())) {
          return "dpkg-deb cannot unpack " + file.getFileName();
        }
        Files.move(fresh, unpacked);
        Files.delete(file);
      }
    }
    return "";
  }

  /**
   * The file itself; of a JPEG that is cut behind its EXIF, which exiftool refuses, the EXIF alone:
   * it is a TIFF, and both go by the first bytes.
   */
  static Path readable(Path file, Path scratch) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length < EXIF_HEADER
        || !new String(bytes, 0, EXIF_HEADER, ISO_8859_1).matches(EXIF)) {
      return file;
    }
    int at = 2;
    while (at + 4 <= bytes.length && bytes[at] == (byte) 0xFF) {
      if (bytes[at + 1] == (byte) 0xDA) {
        return file;
      }
      at += 2 + ((bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF));
    }
    byte[] tiff = Arrays.copyOfRange(bytes, EXIF_HEADER, bytes.length);
    return Files.write(scratch.resolve(file.getFileName()), tiff);
  }

  /** Machines that were never asked for packages know none: then their list is fetched first. */
  private static @Nullable Path downloaded(String name, Path folder)
      throws IOException, InterruptedException {
    if (!ran(folder, "apt-get", "download", "-q", name)
        && (!ran(folder, "apt-get", "update", "-q")
            || !ran(folder, "apt-get", "download", "-q", name))) {
      return null;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name + "_"))
          .findFirst()
          .orElse(null);
    }
  }

  private static boolean ran(Path folder, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
      process.destroy();
      return false;
    }
    return process.exitValue() == 0;
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
