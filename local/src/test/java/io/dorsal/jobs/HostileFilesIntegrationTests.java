package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.archive.LedgerEntry;
import io.dorsal.local.process.SupervisedProcess;
import io.dorsal.local.storage.RequestLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scenarios 18 and 19 of section 7.2: what bad files cost, and what good ones may cost. */
@ExtendWith(SharedStack.class)
@SuppressWarnings("NullAway.Init")
class HostileFilesIntegrationTests {

  private static final String RESULT =
      """
      select f.path, rtrim(concat_ws(' ', i.outcome, i.code, array_to_string(i.notes, ' ')))
      from file_inspection i join found_file f on f.id = i.file_id where i.scan_id = ?
      """;

  static ScanFixture scans;
  static Archive archive;
  static UUID scan;
  static long mark;

  /** From 180 files on a demo archive holds each special kind once at least. */
  @BeforeAll
  static void scan(ScanFixture shared) throws Exception {
    scans = shared;
    scans.tidy();
    archive = scans.connect(scans.write("hostile", DemoArchive.plan(8, 180)), Duration.ofDays(1));
    mark = scans.mark();
    SupervisedProcess worker = scans.stack().process("worker-1");
    int restarts = worker.restarts();
    scan = scans.scan(archive);
    scans.awaitState(scan, "COMPLETED");
    assertThat(worker.restarts()).as("the worker lived").isEqualTo(restarts);
  }

  @Test
  void scenario18EveryBadFileCarriesItsCodeAndTheScanIsCompleted() throws Exception {
    Map<String, String> results = scans.rows().pairs(RESULT, scan);
    assertThat(results)
        .containsEntry(path("EMPTY"), "UNREADABLE EMPTY_FILE")
        .containsEntry(path("CUT_EARLY"), "UNREADABLE CORRUPT")
        .containsEntry(path("CUT_LATE"), "INSPECTED CORRUPT")
        .containsEntry(path("RANDOM_BYTES"), "UNREADABLE CORRUPT")
        .containsEntry(path("PNG_DIMENSION_BOMB"), "INSPECTED DIMENSIONS_IMPLAUSIBLE")
        .containsEntry(path("PNG_TEXT_BOMB"), "INSPECTED INFLATE_LIMIT")
        .containsEntry(path("PNG_PROFILE_BOMB"), "INSPECTED INFLATE_LIMIT")
        .containsEntry(path("XLSX_BOMB"), "UNREADABLE BOMB")
        .containsEntry(path("XMP_DTD"), "INSPECTED XMP_REFUSED")
        .containsEntry(path("NAME_LINE_BREAK"), "INSPECTED");
    assertThat(path("NAME_LINE_BREAK")).contains("\n");
    scans.assertExact(archive, scan);
  }

  @Test
  void scenario18WorkerHasHalfTheHeapOf512Mebibytes() throws Exception {
    long pid = scans.stack().process("worker-1").pid().orElseThrow();
    String[] command = ProcessHandle.of(pid).orElseThrow().info().arguments().orElseThrow();
    assertThat(command).contains("-Xmx256m");
  }

  @Test
  void scenario19OrfWithExifAt300KiBTakesFewRanges() throws Exception {
    LedgerEntry orf = archive.only("ORF_FAR_EXIF");
    List<RequestLog.Entry> reads = scans.reads(archive, orf.path(), mark);
    assertThat(reads).hasSizeBetween(2, 9);
    assertThat(reads.stream().mapToLong(HostileFilesIntegrationTests::length).sum())
        .isLessThanOrEqualTo(2 << 20);
    String read =
        "select f.path, i.taken_at_local || ' ' || i.serial from file_inspection i"
            + " join found_file f on f.id = i.file_id where f.path = ? and i.scan_id = ?";
    assertThat(scans.rows().pairs(read, orf.path(), scan))
        .containsEntry(
            orf.path(), String.valueOf(orf.takenAtLocal()).replace('T', ' ') + " " + orf.serial());
  }

  @Test
  void scenario19JpegWithAPreviewOf100KiBTakesOneRange() {
    LedgerEntry photo = archive.only("PHOTO_LARGE_PREVIEW");
    assertThat(photo.size()).isGreaterThan(131_072);
    assertThat(scans.reads(archive, photo.path(), mark))
        .extracting(RequestLog.Entry::range)
        .containsExactly("bytes=0-131071");
  }

  private static String path(String kind) {
    return archive.only(kind).path();
  }

  private static long length(RequestLog.Entry entry) {
    String[] bounds = String.valueOf(entry.range()).substring("bytes=".length()).split("-", -1);
    return Long.parseLong(bounds[1]) - Long.parseLong(bounds[0]) + 1;
  }
}
