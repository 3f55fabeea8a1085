package io.dorsal.jobs.contents;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.discovery.contents.DocumentText;
import io.dorsal.discovery.metadata.Inspection.Outcome;
import io.dorsal.discovery.metadata.RangeReader;
import io.dorsal.jobs.contents.ContentReader.Reading;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What foreign files may cost, with real child processes. */
@SuppressWarnings("NullAway.Init")
class ContentReaderTests {

  /** Two thousand states at each of a million characters stand for every parser that loops. */
  private static final String ENDLESS = "(?:a?){1000}(?:a?){1000}b";

  private static final String ZIP = "application/zip";

  @TempDir Path folder;
  private @Nullable TempFiles files;
  private @Nullable ParserPool pool;

  @AfterEach
  void close() throws IOException {
    requireNonNull(pool).close();
    requireNonNull(files).close();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void processIsUsedAgainAndLeavesNoFile() throws Exception {
    try (ContentReader reader = reader(Duration.ofSeconds(60), "T\\d+", () -> {})) {
      for (int round = 0; round < 3; round++) {
        byte[] text = ("seen T" + round).getBytes(StandardCharsets.UTF_8);
        Reading reading = reader.read("notes.txt", text.length, null, ranges(text));
        assertThat(reading.outcome()).isEqualTo(Outcome.INSPECTED);
        DocumentText document =
            requireNonNull(requireNonNull(reading.contents()).open().document());
        assertThat(document.hits()).containsExactly(new DocumentText.Hit("T" + round, 1));
        ContentReader.forget(reading.contents());
        assertThat(children()).hasSize(1);
      }
      try (Stream<Path> all = Files.walk(folder)) {
        assertThat(all.filter(path -> path.toString().matches(".*\\.(file|json)"))).isEmpty();
      }
    }
    assertThat(children()).hasSize(1);
  }

  @Test
  void fileThatNeedsTooLongIsSkippedAndTheNextIsRead() throws Exception {
    try (ContentReader reader = reader(Duration.ofSeconds(2), ENDLESS, () -> {})) {
      byte[] loop = "a".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
      Reading reading = reader.read("loop.txt", loop.length, null, ranges(loop));
      assertThat(reading).isEqualTo(new Reading(Outcome.SKIPPED, "TOO_LARGE", null));
      Reading next = reader.read("next.txt", 1, null, ranges(new byte[] {'b'}));
      assertThat(next.outcome()).isEqualTo(Outcome.INSPECTED);
    }
  }

  @Test
  void fileThatNeedsTooMuchMemoryIsSkippedAndTheNextIsRead() throws Exception {
    try (ContentReader reader = reader(Duration.ofSeconds(100), null, () -> {})) {
      byte[] strings = manyStrings();
      Reading reading = reader.read("a.xlsx", strings.length, ZIP, ranges(strings));
      assertThat(reading).isEqualTo(new Reading(Outcome.SKIPPED, "TOO_LARGE", null));
      Reading next = reader.read("next.txt", 1, null, ranges(new byte[] {'b'}));
      assertThat(next.outcome()).isEqualTo(Outcome.INSPECTED);
    }
  }

  @Test
  void stopEndsTheReadingAtOnce() throws Exception {
    AtomicLong stopAt = new AtomicLong(Long.MAX_VALUE);
    Runnable mayGoOn =
        () -> {
          if (System.nanoTime() > stopAt.get()) {
            throw new IllegalStateException("stopped");
          }
        };
    try (ContentReader reader = reader(Duration.ofSeconds(100), ENDLESS, mayGoOn)) {
      byte[] loop = "a".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
      long begun = System.nanoTime();
      stopAt.set(begun + 3_000_000_000L);
      assertThatThrownBy(() -> reader.read("loop.txt", loop.length, null, ranges(loop)))
          .hasMessage("stopped");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(9));
      assertThat(children()).isEmpty();
    }
  }

  @Test
  void processKnowsNothingOfTheEnvironment() throws Exception {
    try (ContentReader reader = reader(Duration.ofSeconds(60), null, () -> {})) {
      reader.read("next.txt", 1, null, ranges(new byte[] {'b'}));
      Path environment = Path.of("/proc", children().getFirst().pid() + "", "environ");
      if (Files.isReadable(environment)) {
        assertThat(Files.readString(environment)).doesNotContain("PATH=");
      }
    }
  }

  /** Some hundred thousand strings, all different: no bomb, and more than a small heap holds. */
  private static byte[] manyStrings() throws IOException {
    var workbook = new ByteArrayOutputStream();
    try (XSSFWorkbook made = new XSSFWorkbook()) {
      made.createSheet("s").createRow(0).createCell(0).setCellValue("x");
      made.write(workbook);
    }
    var bytes = new ByteArrayOutputStream();
    try (var in = new ZipInputStream(new ByteArrayInputStream(workbook.toByteArray()));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        if (entry.getName().endsWith("sharedStrings.xml")) {
          strings(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        } else {
          in.transferTo(out);
        }
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static void strings(Writer out) throws IOException {
    out.write("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">");
    var random = new Random(5);
    for (int i = 0; i < 900_000; i++) {
      out.write("<si><t>" + Long.toHexString(random.nextLong()) + i + "</t></si>");
    }
    out.write("</sst>");
    out.flush();
  }

  private ContentReader reader(Duration time, @Nullable String ids, Runnable mayGoOn)
      throws IOException {
    var settings = new ContentsSettings(1, DataSize.ofMegabytes(64), time, ids);
    files = new TempFiles(folder);
    pool = new ParserPool(settings, files);
    return new ContentReader(
        pool, new Semaphore(2), files.directory(), settings.idPattern(), mayGoOn);
  }

  private static List<ProcessHandle> children() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("java"))
        .toList();
  }

  private static RangeReader ranges(byte[] bytes) {
    return (offset, length) ->
        Arrays.copyOfRange(bytes, (int) offset, (int) Math.min(bytes.length, offset + length));
  }
}
