package io.dorsal.discovery.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.archive.DemoFile;
import io.dorsal.local.stack.StackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every field of section 2.4 as our reader and exiftool see it, in every kind of file of the demo
 * archive. What the two see differently on purpose stands in docs/metadata.md.
 */
class ExiftoolAgreementIntegrationTests {

  private static final int FILES = 600;
  private static final Set<FileClass> READ =
      Set.of(FileClass.IMAGE, FileClass.RAW, FileClass.SIDECAR);

  @BeforeAll
  static void needsExiftool() {
    assumeTrue(
        Exiftool.installed(),
        "exiftool is not installed: apt-get install libimage-exiftool-perl, then metadata is"
            + " compared");
  }

  @Test
  void everyFieldOfTheDemoArchiveAgrees(@TempDir Path directory) throws Exception {
    DemoArchive archive = DemoArchive.plan(42, FILES);
    Map<Path, String> kinds = new TreeMap<>();
    for (int i = 0; i < archive.files(); i++) {
      DemoFile file = archive.plan(i);
      FileClass fileClass = FileClass.of(file.path());
      if (file.fileClass() != null && READ.contains(fileClass)) {
        Path written = directory.resolve(i + "." + FileClass.extension(file.path()));
        Files.write(written, file.bytes());
        kinds.put(written, file.kind());
      }
    }
    var comparison = compare(List.copyOf(kinds.keySet()), directory, kinds);
    assertThat(comparison.differences).isEmpty();
    // A reader that finds nothing agrees with a file that has nothing.
    assertThat(comparison.agreed.keySet())
        .containsAll(AgreedField.ALL.stream().map(AgreedField::ours).toList());
  }

  /** XMP for which the first packet has no room. */
  @Test
  void extendedXmpAgrees(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("extended.jpg"), ExtendedXmpJpeg.bytes());
    var comparison = compare(List.of(file), directory, Map.of());
    assertThat(comparison.differences).isEmpty();
    assertThat(comparison.agreed)
        .containsKeys(
            "XMP:photoshop:City", "XMP:photoshop:Country", "XMP:dc:subject", "XMP:dc:description");
  }

  /** Pictures from packages of Debian's, where they can be had. */
  @Test
  void everyFieldOfDebiansSamplesAgrees(@TempDir Path scratch) throws Exception {
    Path folder = StackDirectory.home().resolve("local/target/debian-samples");
    String missing = DebianSamples.fetch(folder);
    if (!missing.isEmpty()) {
      System.err.println("Sample images of Debian's packages are not compared: " + missing + ".");
    }
    assumeTrue(missing.isEmpty(), missing);
    assertThat(agreeing(folder, scratch)).isGreaterThan(700);
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "DORSAL_SAMPLE_IMAGES", matches = ".+")
  void everyFieldOfSampleFilesAgrees(@TempDir Path scratch) throws Exception {
    agreeing(Path.of(System.getenv("DORSAL_SAMPLE_IMAGES")), scratch);
  }

  /**
   * Files of others: all below the folder is compared; what differs must stand in docs/metadata.md.
   *
   * @return how many values agree
   */
  private static int agreeing(Path folder, Path scratch) throws Exception {
    List<Path> files = new ArrayList<>();
    try (var all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        if (READ.contains(FileClass.of(file.toString()))) {
          files.add(DebianSamples.readable(file, scratch));
        }
      }
    }
    var comparison = compare(files, scratch, Map.of());
    int agreed = comparison.agreed.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf(
        "%d files, %d not read by exiftool, %d values agree, %d differ%n",
        files.size(), comparison.unread, agreed, comparison.differences.size());
    String listed = Files.readString(StackDirectory.home().resolve("docs/metadata.md"));
    assertThat(comparison.differences.stream().filter(line -> !listed.contains(name(line))))
        .isEmpty();
    return agreed;
  }

  private static String name(String difference) {
    return difference.substring(
        difference.lastIndexOf('/', difference.indexOf("  ")) + 1, difference.indexOf("  "));
  }

  private static final class Comparison {
    final List<String> differences = new ArrayList<>();
    final Map<String, Integer> agreed = new TreeMap<>();
    int unread;

    void add(Path file, String kind, String field, @Nullable String ours, @Nullable String theirs) {
      if (!same(ours, theirs)) {
        differences.add(
            "%s %s %s: ours <%s> exiftool <%s>".formatted(file, kind, field, ours, theirs));
      } else if (ours != null) {
        agreed.merge(field, 1, Integer::sum);
      }
    }
  }

  /** Exiftool shows bytes that are no UTF-8 as question marks; we take them for Windows-1252. */
  private static boolean same(@Nullable String ours, @Nullable String theirs) {
    return Objects.equals(ours, theirs)
        || (ours != null
            && theirs != null
            && theirs.contains("?")
            && ours.replaceAll("[^\\x00-\\x7f]", "?")
                .equals(theirs.replaceAll("[^\\x00-\\x7f]", "?")));
  }

  private static Comparison compare(List<Path> files, Path scratch, Map<Path, String> kinds)
      throws IOException, InterruptedException {
    var reader = new MetadataReader(Clock.systemUTC());
    var comparison = new Comparison();
    var read = Exiftool.read(files, scratch);
    for (Path file : files) {
      Inspection ours =
          reader.inspect(
              file.toString(),
              Files.size(file),
              FileClass.of(file.toString()),
              Exiftool.reader(file));
      Map<String, List<String>> theirs = read.getOrDefault(file, Map.of());
      String kind = kinds.getOrDefault(file, "");
      if (theirs.containsKey("ExifTool:Error")
          || theirs
              .getOrDefault("ExifTool:Warning", List.of())
              .toString()
              .contains("format error")) {
        comparison.unread++;
        continue;
      }
      for (AgreedField field : AgreedField.ALL) {
        if (field.ours().startsWith("XMP:") && ours.notes().contains(Note.XMP_REFUSED)) {
          continue;
        }
        comparison.add(
            file, kind, field.ours(), field.ours(ours.tags().asMap()), field.theirs(theirs));
      }
      ImageMetadata image = ours.image();
      if (image != null && ours.fileClass() != FileClass.SIDECAR) {
        new Normalized(image, theirs)
            .forEach(
                (field, pair) -> comparison.add(file, kind, field, pair.ours(), pair.theirs()));
      }
    }
    return comparison;
  }
}
