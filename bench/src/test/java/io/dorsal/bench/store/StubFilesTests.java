package io.dorsal.bench.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.discovery.metadata.Inspection;
import io.dorsal.discovery.metadata.MetadataReader;
import io.dorsal.discovery.metadata.Note;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The files are those that the issue of the bench describes, as the product itself reads them. */
class StubFilesTests {

  private static final int COUNT = 132_565;
  private static final int HEAD = 64 * 1024;
  private static final List<StubFile> FILES = StubFiles.of(1, COUNT, 0).all();

  private final MetadataReader reader = new MetadataReader(Clock.systemUTC(), HEAD);
  private final Map<StubFiles.Body, Inspection> read = new HashMap<>();

  private Inspection read(StubFile file) {
    return read.computeIfAbsent(file.body(), body -> inspected(file));
  }

  private Inspection inspected(StubFile file) {
    try {
      byte[] bytes = file.bytes();
      return reader.inspect(
          file.name(),
          bytes.length,
          FileClass.of(file.name()),
          (offset, length) -> {
            int from = (int) Math.min(offset, bytes.length);
            return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
          });
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private double share(Predicate<Inspection> which) {
    long images =
        FILES.stream()
            .filter(file -> FileClass.of(file.name()) == FileClass.IMAGE)
            .filter(file -> which.test(read(file)))
            .count();
    return 100.0 * images / COUNT;
  }

  private static boolean exif(Inspection inspection) {
    return inspection.tags().asMap().keySet().stream().anyMatch(name -> name.startsWith("EXIF:"));
  }

  private static boolean corrupt(Inspection inspection) {
    return inspection.outcome() == Inspection.Outcome.UNREADABLE
        || inspection.notes().contains(Note.CORRUPT);
  }

  @Test
  void namesAreManyAndBodiesFew() {
    assertThat(FILES.stream().map(StubFile::name).distinct().count()).isEqualTo(COUNT);
    assertThat(FILES.stream().map(StubFile::body).distinct().count()).isBetween(150L, 200L);
  }

  @Test
  void oneInTwentyIsTheCopyOfAnother() {
    Map<List<Object>, Long> alike =
        FILES.stream()
            .filter(file -> FileClass.of(file.name()) == FileClass.IMAGE && file.size() > 1_000)
            .collect(
                Collectors.groupingBy(
                    file ->
                        List.of(
                            file.body(),
                            file.size(),
                            file.body().dates().length == 0 ? "" : file.date()),
                    Collectors.counting()));
    long copies = alike.values().stream().mapToLong(count -> count - 1).sum();
    assertThat(100.0 * copies / COUNT).isCloseTo(5, within(0.7));
  }

  @Test
  void sharesOfWhatIsOddAreThoseOfTheIssue() {
    assertThat(share(one -> !exif(one) && !corrupt(one))).isCloseTo(10, within(1.0));
    assertThat(share(one -> exif(one) && one.image() != null && one.image().position() == null))
        .isCloseTo(5, within(1.0));
    assertThat(share(StubFilesTests::corrupt)).isCloseTo(2, within(0.5));
    assertThat(share(one -> one.ranges() > 1 && !corrupt(one))).isCloseTo(3, within(0.7));
  }

  @Test
  void formatsOfTheDemoArchiveAreAllThere() {
    assertThat(
            FILES.stream()
                .map(file -> file.name().replaceFirst("(?s).*\\.", "").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet()))
        .contains(
            "jpg", "xmp", "dng", "nef", "orf", "tif", "png", "webp", "gif", "bmp", "xlsx", "csv",
            "txt", "pdf", "sqlite", "mov");
  }
}
