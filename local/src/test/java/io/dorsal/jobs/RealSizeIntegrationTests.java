package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.demo.WrittenArchive;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Scenarios 9 and 52 of section 7 at their size, over an archive with bodies and a ledger. {@code
 * -Ddorsal.long.files=N} takes fewer files.
 */
@Tag("long")
@SuppressWarnings("NullAway.Init")
class RealSizeIntegrationTests {

  private static final int REAL = 132_565;
  private static final int FILES = Integer.getInteger("dorsal.long.files", REAL);
  private static final Duration PATIENCE = Duration.ofMinutes(45);

  static ScanFixture scans;
  static WrittenArchive written;

  /** The source is new to each test. */
  private Archive archive;

  @BeforeAll
  static void start() throws Exception {
    scans = ScanFixture.startImpatient();
    written = scans.write("whole", DemoArchive.light(19, FILES));
  }

  @AfterAll
  static void close() throws Exception {
    scans.close();
  }

  @BeforeEach
  void register() throws Exception {
    scans.tidy();
    archive = scans.connect(written, Duration.ofDays(1));
    assertThat(archive.inspectable()).isEqualTo(FILES);
  }

  @Test
  void scenario9FullScanOfAWholeArchiveSaysHowFarItIs() throws Exception {
    UUID scan = scans.scan(archive);
    awaitCompleted(scan);

    ProgressLog log = ProgressLog.of(scans, archive, scan);
    log.assertEachOnce();
    assertPartitions(scan);
    if (FILES == REAL) {
      assertThat(archive.partitions()).isEqualTo(14);
      assertThat(log.lines())
          .filteredOn(line -> line.done() == 50_000)
          .extracting(ProgressLine::percent)
          .containsExactly("37.7%");
    }
    scans.assertExact(archive, scan);
  }

  /** Each time another worker finds the messages of the dead one. */
  @Test
  void scenario52WorkerKilledTwiceLosesAndDoublesNothing() throws Exception {
    UUID scan = scans.scan(archive);
    Map<String, String> committed = new HashMap<>();
    for (int death = 1; death <= 2; death++) {
      int files = FILES / 3 * death;
      ScanFixture.await(
          files + " inspected", PATIENCE, () -> scans.rows().inspected(scan) >= files);
      scans.stack().killWorker("worker-" + death);
      Map<String, String> before = scans.rows().committed(scan);
      assertThat(before).hasSizeLessThan(FILES).containsAllEntriesOf(committed);
      committed.putAll(before);
      scans.stack().startWorker("worker-" + (death + 1));
    }
    awaitCompleted(scan);

    assertThat(scans.rows().committed(scan)).containsAllEntriesOf(committed);
    ProgressLog.of(scans, archive, scan).assertEach();
    assertPartitions(scan);
    scans.assertExact(archive, scan);
    assertThat(scans.workersOf(scan)).containsExactlyInAnyOrder("worker-1", "worker-2", "worker-3");
  }

  private static void awaitCompleted(UUID scan) throws Exception {
    ScanFixture.await(
        "the scan's end", PATIENCE, () -> !scans.rows().state(scan).matches("REQUESTED|.*ING"));
    JsonNode end = scans.get(scan);
    assertThat(end.path("state").asString()).isEqualTo("COMPLETED");
    var time = Duration.between(instant(end, "requested_at"), instant(end, "finished_at"));
    System.out.printf("Scan of %d files: %d s%n", FILES, time.toSeconds());
  }

  private static Instant instant(JsonNode scan, String member) {
    return Instant.parse(scan.path(member).asString());
  }

  /** Partitions of 10,000 files, the last of what is left. */
  private void assertPartitions(UUID scan) throws Exception {
    Map<String, String> sizes =
        scans
            .rows()
            .pairs(
                """
                select number, last_ordinal - first_ordinal + 1 from scan_partition
                where scan_id = ? and state = 'DONE' order by number
                """,
                scan);
    int last = FILES - 10_000 * (Math.toIntExact(archive.partitions()) - 1);
    assertThat(sizes).hasSize(Math.toIntExact(archive.partitions()));
    assertThat(List.copyOf(sizes.values()).subList(0, sizes.size() - 1)).allMatch("10000"::equals);
    assertThat(List.copyOf(sizes.values()).getLast()).isEqualTo(String.valueOf(last));
  }
}
