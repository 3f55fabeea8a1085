package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.local.process.Readiness;
import io.dorsal.local.process.SupervisedProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** SIGTERM in the middle of a chunk, with leases and locks as long as shipped. */
@ExtendWith(SharedStack.class)
@SuppressWarnings("NullAway.Init")
class GracefulStopIntegrationTests {

  /** Far less than the 90 s after which a lease is stale, and the 5 min of a lock. */
  private static final Duration AT_ONCE = Duration.ofSeconds(60);

  static ScanFixture scans;
  static Archive archive;

  @BeforeAll
  static void write(ScanFixture shared) throws Exception {
    scans = shared;
    archive = shared.archive("stop", 3_000);
  }

  @Test
  void chunkInFlightIsFinishedAndAnotherWorkerGoesOnAtOnce() throws Exception {
    scans.fault(archive.reads(), "DELAY 100");
    UUID scan = scans.scan(archive);
    scans.awaitInspected(scan, 500);

    stop("worker-1");
    assertStopped(scan);
    Map<String, String> committed = scans.rows().committed(scan);
    assertThat(committed.size() % 500).isZero();
    scans.clearFaults();
    goOn(scan, committed.size());

    scans.awaitState(scan, "COMPLETED");
    scans.assertExact(archive, scan);
    assertThat(scans.rows().committed(scan)).containsAllEntriesOf(committed);
  }

  @Test
  void chunkInFlightIsGivenBackWhereTheStoreHangs() throws Exception {
    UUID scan = startThatHangs();

    stop("worker-1");
    assertStopped(scan);
    Map<String, String> committed = scans.rows().committed(scan);
    scans.clearFaults();
    goOn(scan, committed.size());

    scans.awaitState(scan, "COMPLETED");
    scans.assertExact(archive, scan);
    assertThat(scans.rows().committed(scan)).containsAllEntriesOf(committed);
  }

  /** A scan of which the third chunk cannot be read. */
  private static UUID startThatHangs() throws Exception {
    String hanging = archive.nameableFrom(1_100);
    scans.fault(archive.reads(hanging), "DELAY 120000");
    UUID scan = scans.scan(archive);
    scans.awaitInspected(scan, 1_000);
    ScanFixture.await("hanging", () -> scans.acted(0) > 0);
    return scan;
  }

  private static void stop(String worker) {
    SupervisedProcess process = scans.stack().process(worker);
    long start = System.nanoTime();
    process.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(process.lastExit().orElseThrow()).isIn(0, 143);
  }

  private static void assertStopped(UUID scan) throws Exception {
    assertThat(scans.rows().state(scan)).isEqualTo("INSPECTING");
    scans.assertAtRest(scan);
    assertThat(scans.get(scan).path("progress").path("worker_status").asString())
        .isEqualTo("QUEUED");
  }

  private static void goOn(UUID scan, int committed) throws Exception {
    scans.stack().startWorker("worker-2");
    // How long a virtual machine takes to start on a busy machine is no part of it.
    var worker = Readiness.answering(URI.create(scans.stack().internal("worker-2") + "/ready"));
    ScanFixture.await("ready", () -> isReady(worker));
    ScanFixture.await("more", AT_ONCE, () -> scans.rows().inspected(scan) > committed);
  }

  private static boolean isReady(Readiness worker) throws InterruptedException {
    try {
      return worker.ready();
    } catch (IOException e) {
      return false;
    }
  }
}
