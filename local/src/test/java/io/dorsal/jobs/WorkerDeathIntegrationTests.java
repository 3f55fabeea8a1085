package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.local.stack.LocalStack;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Scenarios 10 and 20 of section 7.2: workers killed in the middle of a scan. Heartbeats and locks
 * are shorter here than shipped, or every death would take minutes; {@link ShippedSettingsTests}
 * holds the shipped ones, and {@link ShippedLeasesIntegrationTests} waits for them.
 */
@SuppressWarnings("NullAway.Init")
class WorkerDeathIntegrationTests {

  private static final int FILES = 4_000;

  static ScanFixture scans;
  static LocalStack stack;
  static Archive archive;

  @BeforeAll
  static void start() throws Exception {
    scans = ScanFixture.startImpatient();
    stack = scans.stack();
    archive = scans.archive("deaths", FILES);
  }

  @AfterAll
  static void close() throws Exception {
    scans.close();
  }

  @BeforeEach
  void tidy() throws Exception {
    scans.tidy();
  }

  @Test
  void scenario10ScanOfAKilledWorkerGoesOnAtItsLastChunk() throws Exception {
    scans.fault(archive.reads(), "DELAY 20");
    new KilledWorker(scans, archive).scanGoesOnAtItsLastChunk(1_500, 500);
  }

  @Test
  void scenario20FileThatKillsItsWorkerEachTimeCostsItselfOnly() throws Exception {
    String deadly = archive.nameableFrom(700);
    scans.fault(archive.reads(deadly), "DELAY 60000");
    UUID scan = scans.scan(archive);
    for (int delivery = 1; delivery <= 3; delivery++) {
      int deaths = delivery;
      ScanFixture.await("read " + deaths, () -> scans.acted(0) >= deaths);
      stack.kill("worker-1");
    }
    scans.awaitState(scan, "COMPLETED");

    assertThat(scans.acted(0)).as("deliveries that read it").isEqualTo(3);
    assertThat(
            scans
                .rows()
                .pairs(
                    """
                    select f.path, i.outcome || ' ' || i.code
                    from file_inspection i join found_file f on f.id = i.file_id
                    where i.scan_id = ? and i.code is distinct from 'EMPTY_FILE'
                      and i.outcome <> 'INSPECTED'
                    """,
                    scan))
        .containsExactly(Map.entry(deadly, "UNREADABLE WORKER_CRASH"));
    JsonNode progress = scans.get(scan).path("progress");
    assertThat(progress.path("inspected").asLong()).isEqualTo(archive.inspectable());
    assertThat(progress.path("unreadable").asLong()).isEqualTo(archive.unreadable() + 1);
    assertThat(scans.rows().committed(scan)).hasSize(FILES);
    scans.assertAtRest(scan);
  }
}
