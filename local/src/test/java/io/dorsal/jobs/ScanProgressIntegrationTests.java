package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

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
    ProgressLog.of(scans, archive, scan).assertEachOnce();
    scans.assertExact(archive, scan);
  }

  /** Nobody asks for the scan on the way, which is scenario 11. */
  @Test
  void scenario9And11TwoWorkersShareAScanThatNobodyPolls() throws Exception {
    scans.stack().startWorker("worker-2");
    // Or the first one has taken all partitions before.
    ScanFixture.await(
        "worker-2 ready", () -> scans.stack().tail("worker-2", 50).contains("Worker ready"));
    UUID scan = scans.scan(archive);
    ScanFixture.await("completed", () -> !scans.rows().state(scan).matches(".*ING|REQUESTED"));
    assertThat(scans.state(scan)).isEqualTo("COMPLETED");
    ProgressLog.of(scans, archive, scan).assertEachOnce();
    scans.assertExact(archive, scan);
    assertThat(scans.workersOf(scan)).containsExactly("worker-1", "worker-2");
  }
}
