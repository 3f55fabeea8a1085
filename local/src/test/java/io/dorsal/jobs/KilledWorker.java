package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Scenario 10 of section 7.2, whatever the size of the archive and the leases. */
final class KilledWorker {

  private final ScanFixture scans;
  private final Archive archive;

  KilledWorker(ScanFixture scans, Archive archive) {
    this.scans = scans;
    this.archive = archive;
  }

  /**
   * Kills the only worker after so many files, waits until it counts as lost, and starts another.
   *
   * @param mostAgain how many files may be read twice: a chunk per partition at work
   */
  void scanGoesOnAtItsLastChunk(int files, long mostAgain) throws Exception {
    long mark = scans.mark();
    UUID scan = scans.scan(archive);
    scans.awaitInspected(scan, files);
    scans.stack().killWorker("worker-1");
    scans.clearFaults();
    Map<String, String> committed = scans.rows().committed(scan);
    assertThat(committed.size()).isBetween(files, (int) archive.inspectable() - 500);

    awaitStatus(scan, "LOST", Duration.ofMinutes(2));
    assertThat(scans.get(scan).path("message").asString())
        .isEqualTo("Worker lost. The scan continues when a worker picks it up again.");
    scans.stack().startWorker("worker-2");
    awaitStatus(scan, "ACTIVE", Duration.ofMinutes(5));

    ScanFixture.await("completed", () -> scans.state(scan).equals("COMPLETED"));
    scans.assertExact(archive, scan);
    assertThat(scans.rows().committed(scan)).containsAllEntriesOf(committed);
    assertThat(scans.readTwice(archive, mark)).isBetween(1L, mostAgain);
    assertThat(scans.workersOf(scan)).containsExactly("worker-1", "worker-2");
  }

  /** The state is INSPECTING all the while. */
  private void awaitStatus(UUID scan, String wanted, Duration patience) throws Exception {
    ScanFixture.await(
        wanted,
        patience,
        () -> {
          JsonNode now = scans.get(scan);
          assertThat(now.path("state").asString()).isEqualTo("INSPECTING");
          return now.path("progress").path("worker_status").asString().equals(wanted);
        });
  }
}
