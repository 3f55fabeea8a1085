package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.jobs.ApiCalls.Answer;
import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.demo.WrittenArchive;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Section 2.8: what ten deliveries lead to. The pauses between them are shorter here than shipped,
 * or each scan would take minutes; the store is tried once for each.
 */
@SuppressWarnings("NullAway.Init")
class PoisonedPartitionIntegrationTests {

  private static final int FILES = 1_200;

  static ScanFixture scans;
  static WrittenArchive written;

  @BeforeAll
  static void start() throws Exception {
    var settings = Map.of("DORSAL_JOBS_PAUSE", "20ms", "DORSAL_JOBS_PATIENCE", "0s");
    scans =
        ScanFixture.start(
            options -> options.withSettings(settings).withLockDuration(Duration.ofSeconds(10)));
    written = scans.write("poison", DemoArchive.light(19, FILES));
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
  void partitionThatFailsTenTimesFailsItsScanAndIsSentAloneAgain() throws Exception {
    Archive archive = scans.connect(written, Duration.ofDays(1));
    scans.fault(archive.reads(archive.nameableFrom(100)), "DELAY 3000");
    UUID scan = scans.scan(archive);
    ScanFixture.await("the first chunk is read", () -> scans.acted(0) > 0);
    // Of the second chunk, which nobody can read any more; and a partition that is done.
    String file = archive.entries().get(700).path();
    Map<String, String> sound = broken(archive, file, "BROKEN");
    assertThat(sound).hasSize(1);
    scans.rows().pairs(ANOTHER_DONE, scan);
    scans.clearFaults();

    JsonNode cause = scans.awaitState(scan, "FAILED").path("cause");
    assertThat(cause.path("code").asString()).isEqualTo("PARTITION_POISONED");
    assertThat(cause.path("detail").asString())
        .isEqualTo("Partition 1 failed ten times, at last for IllegalArgumentException.");
    assertThat(cause.path("fix").asString()).startsWith("Resume the scan");
    assertThat(partition(scan)).isEqualTo("POISONED 501");
    // Each failure counts as one in the chunk at hand.
    assertThat(
            scans
                .rows()
                .number(
                    "select starts from scan_partition where scan_id = ? and" + " number = 1",
                    scan))
        .isEqualTo(10);
    ScanFixture.await("buried", () -> buried(scan).equals("POISONED"));
    Map<String, String> committed = scans.rows().committed(scan);
    assertThat(committed).hasSize(500);

    broken(archive, file, "IMAGE");
    Answer resumed = scans.api().post("/scans/" + scan + "/resume", Map.of());
    assertThat(resumed.status()).as("%s", resumed.body()).isEqualTo(202);
    scans.awaitState(scan, "COMPLETED");
    assertThat(scans.rows().committed(scan)).hasSize(FILES).containsAllEntriesOf(committed);
    assertThat(scans.rows().pairs(SENT_AGAIN, scan + "-2-p%")).containsOnlyKeys(scan + "-2-p1");
    scans.assertAtRest(scan);
  }

  /** Such a store is no fault of a partition's, so none is poisoned or taken one by one. */
  @Test
  void storeThatStaysBusyPoisonsNoPartition() throws Exception {
    Archive archive = scans.connect(written, Duration.ofDays(1));
    scans.fault(archive.reads(archive.nameableFrom(600)), "STATUS 503 ServerBusy");
    UUID scan = scans.scan(archive);

    JsonNode cause = scans.awaitState(scan, "FAILED").path("cause");
    assertThat(cause.path("code").asString()).isEqualTo("SOURCE_UNAVAILABLE");
    assertThat(cause.path("detail").asString())
        .startsWith("Partition 1 failed ten times, at last for SOURCE_BUSY: ");
    assertThat(cause.path("fix").asString()).isEqualTo("Reconnect the source and resume the scan.");
    assertThat(partition(scan)).isEqualTo("RUNNING 501");
    assertThat(scans.rows().number("select starts from scan_partition where scan_id = ?", scan))
        .isZero();
    scans.clearFaults();
    scans.api().post("/scans/" + scan + "/resume", Map.of());
    scans.awaitState(scan, "COMPLETED");
    scans.assertExact(archive, scan);
  }

  /** Section 2.2: not INTERNAL_ERROR, which would hide what was wrong. */
  @Test
  void storeThatIsBusyWheneverItIsListedIsTheCause() throws Exception {
    Archive archive = scans.connect(written, Duration.ofDays(1));
    scans.fault("GET /source/poison\\?.*comp=list", "STATUS 503 ServerBusy");
    UUID scan = scans.scan(archive);

    JsonNode cause = scans.awaitState(scan, "FAILED").path("cause");
    assertThat(cause.path("code").asString()).isEqualTo("SOURCE_UNAVAILABLE");
    assertThat(cause.path("detail").asString())
        .startsWith("Listing failed ten times, at last for SOURCE_BUSY: ");
    scans.clearFaults();
    scans.api().post("/scans/" + scan + "/resume", Map.of());
    scans.awaitState(scan, "COMPLETED");
    scans.assertExact(archive, scan);
  }

  private static final String ANOTHER_DONE =
      """
      with made as (
        insert into scan_partition
            (scan_id, number, tenant_id, first_ordinal, last_ordinal, next_ordinal, state)
        select scan_id, 2, tenant_id, last_ordinal + 1, last_ordinal, last_ordinal + 1, 'DONE'
        from scan_partition where scan_id = ? and number = 1 returning scan_id)
      update scan_progress p set partitions_total = 2, partitions_done = 1
      from made m where p.scan_id = m.scan_id returning 'k', 'v'
      """;

  private static final String SENT_AGAIN =
      "select message_id, queue from outbox where message_id like ?";

  private static Map<String, String> broken(Archive archive, String file, String kind)
      throws Exception {
    return scans
        .rows()
        .pairs(
            "update found_file set class = ? where source_id = ? and path = ? returning path,"
                + " class",
            kind,
            archive.source(),
            file);
  }

  private static String partition(UUID scan) throws Exception {
    return scans
        .rows()
        .pairs(
            "select 1, state || ' ' || next_ordinal from scan_partition where scan_id = ? and"
                + " number = 1",
            scan)
        .getOrDefault("1", "");
  }

  /** Why the scan's first message lies among the dead letters; empty while it does not. */
  private static String buried(UUID scan) throws Exception {
    JsonNode letters =
        ScanFixture.accepted(scans.api().get("/admin/dead-letters?queue=scan-partitions")).body();
    return letters
        .path("items")
        .valueStream()
        .filter(letter -> letter.path("message_id").asString().equals(scan + "-p1"))
        .map(letter -> letter.path("reason").asString())
        .findFirst()
        .orElse("");
  }
}
