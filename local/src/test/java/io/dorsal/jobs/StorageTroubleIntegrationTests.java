package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.jobs.ApiCalls.Answer;
import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.storage.FaultRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Scenario 12 of section 7.2, and what else the store may answer in the middle of a scan. */
@ExtendWith(SharedStack.class)
@SuppressWarnings("NullAway.Init")
class StorageTroubleIntegrationTests {

  private static final int FILES = 1_600;

  static ScanFixture scans;
  static WrittenArchive written;

  @BeforeAll
  static void write(ScanFixture shared) throws Exception {
    scans = shared;
    written = shared.write("trouble", DemoArchive.light(19, FILES));
  }

  @Test
  void scenario12ScanWaitsForANewSasAndGoesOnByItself() throws Exception {
    Duration life = Duration.ofSeconds(20);
    Instant lapse = Instant.now().plus(life);
    Archive archive = scans.connect(written, life);
    // Reaches the store when the SAS has lapsed, and no sooner.
    scans.fault(archive.reads(archive.nameableFrom(1_100)), "DELAY " + life.toMillis());
    long mark = scans.mark();
    UUID scan = scans.scan(archive);
    scans.awaitInspected(scan, 1_000);
    assertThat(Instant.now()).as("the SAS is still good").isBefore(lapse);

    JsonNode paused = scans.awaitState(scan, "PAUSED_AUTH");
    assertThat(paused.path("cause").path("code").asString()).isEqualTo("SAS_EXPIRED");
    assertThat(paused.path("cause").path("fix").asString())
        .startsWith("Create a new SAS token with Read and List permission")
        .endsWith("and save it under Settings > Connections > " + archive.name() + ".");
    Answer connection = scans.api().get("/connections/" + archive.connection());
    assertThat(connection.body().path("status").asString()).isEqualTo("EXPIRED");
    Map<String, String> committed = scans.rows().committed(scan);
    assertThat(committed).hasSize(1_000);

    var good = Map.of("secret", scans.sas(written, Duration.ofDays(1)));
    String path = "/connections/" + archive.connection() + "/secret";
    scans.clearFaults();
    ScanFixture.accepted(scans.api().put(path, connection.etag(), good));
    ScanFixture.await("completed", () -> scans.state(scan).equals("COMPLETED"));
    scans.assertExact(archive, scan);
    assertThat(scans.rows().committed(scan)).containsAllEntriesOf(committed);
    assertThat(scans.readTwice(archive, mark)).as("of the chunk in flight").isBetween(1L, 500L);
  }

  @Test
  void storeThatIsBusyForAWhileCostsTimeOnly() throws Exception {
    Archive archive = scans.connect(written, Duration.ofDays(1));
    var faults = scans.stack().gateway().faults();
    faults.add(new FaultRule("GET /source/trouble\\?.*comp=list", null, "STATUS 503", 2));
    faults.add(new FaultRule(archive.reads(), 300, "STATUS 503", 64));
    faults.add(new FaultRule(archive.reads(), 900, "RESET", 20));
    faults.add(new FaultRule(archive.reads(), 1_100, "STATUS 500", 20));
    UUID scan = scans.scan(archive);
    scans.awaitState(scan, "COMPLETED");
    scans.assertExact(archive, scan);
    assertThat(faults.states()).extracting(rule -> rule.acted()).containsExactly(2L, 64L, 20L, 20L);
  }

  @Test
  void scanThatFailedGoesOnFromItsCheckpointWhenResumed() throws Exception {
    Archive archive = scans.connect(written, Duration.ofDays(1));
    scans.fault(archive.reads(archive.nameableFrom(1_100)), "STATUS 404 ContainerNotFound");
    UUID scan = scans.scan(archive);
    JsonNode failed = scans.awaitState(scan, "FAILED");
    assertThat(failed.path("cause").path("code").asString()).isEqualTo("SOURCE_UNAVAILABLE");
    assertThat(failed.path("cause").path("fix").asString()).isNotEmpty();
    Map<String, String> committed = scans.rows().committed(scan);
    assertThat(committed).hasSize(1_000);
    scans.clearFaults();
    long mark = scans.mark();

    Answer resumed = scans.api().post("/scans/" + scan + "/resume", Map.of());
    assertThat(resumed.status()).isEqualTo(202);
    assertThat(resumed.id()).isEqualTo(scan);
    scans.awaitState(scan, "COMPLETED");
    scans.assertExact(archive, scan);
    assertThat(scans.rows().committed(scan)).containsAllEntriesOf(committed);
    assertThat(scans.begun(archive, mark))
        .isNotEmpty()
        .doesNotContainKeys(archive.paths(0, 1_000).toArray(String[]::new));
    assertThat(scans.api().post("/scans/" + scan + "/resume", Map.of()).code())
        .isEqualTo("SCAN_STATE");
  }
}
