package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import io.dorsal.jobs.ApiCalls.Answer;
import io.dorsal.work.Queues;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scenario 21 of section 7.2. */
@ExtendWith(SharedStack.class)
@SuppressWarnings("NullAway.Init")
class CancelScanIntegrationTests {

  private static final String EVERYTHING =
      """
      select 'scan', md5(s::text) from scan s where id = ?
      union all select 'progress', md5(p::text) from scan_progress p where scan_id = ?
      union all select 'files', md5(string_agg(f::text, ',' order by id)) from found_file f
        where source_id = ?
      union all select 'results', md5(string_agg(i::text, ',' order by file_id))
        from file_inspection i where source_id = ?
      """;

  static ScanFixture scans;
  static Archive archive;

  @BeforeAll
  static void write(ScanFixture shared) throws Exception {
    scans = shared;
    archive = shared.archive("cancel", 1_600);
  }

  @Test
  void scenario21CanceledScanStopsWithin10SecondsAndChangesNothingAfterwards() throws Exception {
    scans.fault(archive.reads(archive.nameableFrom(700)), "DELAY 25000");
    scans.fault(archive.reads(), "DELAY 50");
    UUID scan = scans.scan(archive);
    scans.awaitInspected(scan, 500);
    ScanFixture.await("a slow read", () -> scans.acted(0) > 0);

    long start = System.nanoTime();
    Answer canceled = scans.api().post("/scans/" + scan + "/cancel", Map.of());
    assertThat(canceled.status()).isEqualTo(202);
    ScanFixture.await("canceled", () -> scans.state(scan).equals("CANCELED"));
    ScanFixture.await("given back", () -> scans.rows().held(scan) == 0);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));

    Map<String, String> before = everything(scan);
    assertThat(scans.rows().committed(scan)).hasSize(500);
    long reads = scans.acted(1);
    Answer again = scans.api().post("/scans/" + scan + "/cancel", Map.of());
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("SCAN_STATE");
    assertThat(again.body().path("details").path("state").asString()).isEqualTo("CANCELED");
    awaitEmpty(Queues.SCAN_PARTITIONS);
    Thread.sleep(Duration.ofSeconds(3));
    assertThat(everything(scan)).isEqualTo(before);
    assertThat(scans.acted(1)).as("reads").isEqualTo(reads);
    scans.assertAtRest(scan);
  }

  @Test
  void scenario21QueuedMessagesOfACanceledScanAreNoOps() throws Exception {
    scans.stack().process("worker-1").close();
    UUID scan = scans.scan(archive);
    Answer canceled = scans.api().post("/scans/" + scan + "/cancel", Map.of());
    assertThat(canceled.body().path("state").asString()).isEqualTo("CANCELED");
    Map<String, String> before = everything(scan);
    scans.stack().startWorker("worker-1");
    awaitEmpty(Queues.SCAN_REQUESTS);
    assertThat(everything(scan)).isEqualTo(before);
  }

  private static Map<String, String> everything(UUID scan) throws Exception {
    return scans.rows().pairs(EVERYTHING, scan, scan, archive.source(), archive.source());
  }

  private static void awaitEmpty(String queue) throws Exception {
    try (ServiceBusReceiverClient receiver =
        new ServiceBusClientBuilder()
            .connectionString(scans.stack().serviceBusConnectionString())
            .receiver()
            .queueName(queue)
            .buildClient()) {
      ScanFixture.await(queue + " empty", () -> receiver.peekMessage(1) == null);
    }
  }
}
