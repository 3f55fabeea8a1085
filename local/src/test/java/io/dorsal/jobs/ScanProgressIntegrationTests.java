package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scenarios 9 and 11 of section 7.2: what a scan of three partitions says about itself. */
@ExtendWith(SharedStack.class)
@SuppressWarnings("NullAway.Init")
class ScanProgressIntegrationTests {

  private static final int FILES = 25_000;

  static ScanFixture scans;
  static Archive archive;

  @BeforeAll
  static void write(ScanFixture shared) throws Exception {
    scans = shared;
    archive = shared.archive("progress", FILES);
  }

  @Test
  void scenario9OneWorkerSaysHowFarItIsAtEveryMultipleOf500() throws Exception {
    UUID scan = scans.scan(archive);
    scans.awaitState(scan, "COMPLETED");
    assertLines(scan);
    scans.assertExact(archive, scan);
  }

  /** Nobody asks for the scan on the way, which is scenario 11. */
  @Test
  void scenario9And11TwoWorkersShareAScanThatNobodyPolls() throws Exception {
    scans.stack().startWorker("worker-2");
    UUID scan = scans.scan(archive);
    ScanFixture.await("completed", () -> !scans.rows().state(scan).matches(".*ING|REQUESTED"));
    assertThat(scans.state(scan)).isEqualTo("COMPLETED");
    assertLines(scan);
    scans.assertExact(archive, scan);
    assertThat(scans.workersOf(scan)).containsExactly("worker-1", "worker-2");
  }

  private static void assertLines(UUID scan) throws Exception {
    long total = archive.inspectable();
    List<Long> wanted = new ArrayList<>();
    for (long at = 500; at < total; at += 500) {
      wanted.add(at);
    }
    wanted.add(total);
    List<ProgressLine> lines = scans.progressLines(scan);
    assertThat(lines).extracting(ProgressLine::done).isEqualTo(wanted);
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.total()).isEqualTo(total);
              assertThat(line.percent())
                  .isEqualTo(String.format(Locale.ROOT, "%.1f%%", 100.0 * line.done() / total));
              assertThat(line.partition()).isBetween(1, 3);
              assertThat(line.partitions()).isEqualTo(3);
            });
    assertThat(lines).extracting(ProgressLine::unreadable).isSorted();
    assertThat(lines.getLast().unreadable()).isEqualTo(archive.unreadable());
    assertThat(lines.getLast().percent()).isEqualTo("100.0%");
  }
}
