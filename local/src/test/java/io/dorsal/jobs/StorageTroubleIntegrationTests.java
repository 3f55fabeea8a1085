package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobAccessPolicy;
import com.azure.storage.blob.models.BlobSignedIdentifier;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import io.dorsal.jobs.ApiCalls.Answer;
import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.storage.FaultRule;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Scenario 12 of section 7.2, and what else the store may answer in the middle of a scan. */
@ExtendWith(SharedStack.class)
@SuppressWarnings("NullAway.Init")
class StorageTroubleIntegrationTests {

  private static final int FILES = 1_600;

  /** Long enough to revoke a token meanwhile. */
  private static final Duration A_WHILE = Duration.ofSeconds(5);

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
    long mark = scans.mark();
    UUID scan = startSlowFrom1100(archive, life);
    assertThat(Instant.now()).as("the SAS is still good").isBefore(lapse);

    JsonNode cause = awaitPaused(archive, scan, "EXPIRED");
    assertThat(cause.path("code").asString()).isEqualTo("SAS_EXPIRED");
    assertThat(cause.path("fix").asString())
        .startsWith("Create a new SAS token with Read and List permission")
        .endsWith("and save it under Settings > Connections > " + archive.name() + ".");
    scans.clearFaults();
    assertGoesOnWithANewSas(archive, scan, mark);
  }

  /** The account key is rotated: Azure knows the signature of the old token no more. */
  @Test
  void scenario12ScanWaitsWhenTheKeyOfItsSasIsRotated() throws Exception {
    String old = scans.sas(written, Duration.ofHours(5));
    Archive archive = scans.connect(written, old);
    long mark = scans.mark();
    UUID scan = startSlowFrom1100(archive, A_WHILE);
    // Of the old token only, which the time of its end tells from the new one.
    String end = old.replaceAll(".*(se=[^&]*).*", "$1");
    scans.fault("GET /source/.*" + Pattern.quote(end), "STATUS 403 AuthenticationFailed");

    JsonNode cause = awaitPaused(archive, scan, "BROKEN");
    assertThat(cause.path("code").asString()).isEqualTo("SIGNATURE_INVALID");
    assertThat(cause.path("fix").asString())
        .startsWith("The account key was rotated or the token was cut; create a new SAS token");
    assertGoesOnWithANewSas(archive, scan, mark);
  }

  /** The owner deletes the stored access policy that the token names, and the store refuses it. */
  @Test
  void scenario12ScanWaitsWhenThePolicyOfItsSasIsDeleted() throws Exception {
    BlobContainerClient container =
        scans.stack().container(written.account_name(), written.container());
    Archive archive = scans.connect(written, sasOfPolicy(container));
    long mark = scans.mark();
    UUID scan = startSlowFrom1100(archive, A_WHILE);
    container.setAccessPolicy(null, List.of());

    JsonNode cause = awaitPaused(archive, scan, "BROKEN");
    assertThat(cause.path("code").asString()).isNotEmpty();
    assertThat(cause.path("fix").asString()).isNotEmpty();
    scans.clearFaults();
    assertGoesOnWithANewSas(archive, scan, mark);
  }

  private static String sasOfPolicy(BlobContainerClient container) {
    var policy =
        new BlobAccessPolicy()
            .setStartsOn(OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(15))
            .setExpiresOn(OffsetDateTime.now(ZoneOffset.UTC).plusDays(1))
            .setPermissions("rl");
    var identified = new BlobSignedIdentifier().setId("archive").setAccessPolicy(policy);
    container.setAccessPolicy(null, List.of(identified));
    return container.generateSas(new BlobServiceSasSignatureValues("archive"));
  }

  /** A scan with 1,000 files committed, of which a file of the third chunk comes late. */
  private static UUID startSlowFrom1100(Archive archive, Duration late) throws Exception {
    scans.fault(archive.reads(archive.nameableFrom(1_100)), "DELAY " + late.toMillis());
    UUID scan = scans.scan(archive);
    scans.awaitInspected(scan, 1_000);
    return scan;
  }

  /** The cause the scan gives, while its connection has this status. */
  private static JsonNode awaitPaused(Archive archive, UUID scan, String status) throws Exception {
    JsonNode paused = scans.awaitState(scan, "PAUSED_AUTH");
    Answer connection = scans.api().get("/connections/" + archive.connection());
    assertThat(connection.body().path("status").asString()).isEqualTo(status);
    return paused.path("cause");
  }

  private static void assertGoesOnWithANewSas(Archive archive, UUID scan, long mark)
      throws Exception {
    Map<String, String> committed = scans.rows().committed(scan);
    assertThat(committed).hasSize(1_000);
    var good = Map.of("secret", scans.sas(written, Duration.ofDays(1)));
    String path = "/connections/" + archive.connection();
    String etag = scans.api().get(path).etag();
    ScanFixture.accepted(scans.api().put(path + "/secret", etag, good));
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
