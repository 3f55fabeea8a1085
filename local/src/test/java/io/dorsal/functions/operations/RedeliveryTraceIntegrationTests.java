package io.dorsal.functions.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.storage.FaultRule;
import io.dorsal.operations.TraceContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Heartbeats and locks are shorter here than shipped, or a death would take minutes. */
class RedeliveryTraceIntegrationTests {

  private static final Map<String, String> LEASES =
      Map.of("DORSAL_HEARTBEAT", "1s", "DORSAL_STALE_AFTER", "8s");

  /** 40-25. */
  @Test
  void bothAttemptsOfAKilledWorkersMessageAreInOneTraceAndTheResultIsThereOnce() throws Exception {
    try (ApiStack api =
        ApiStack.own(
            options -> options.withSettings(LEASES).withLockDuration(Duration.ofSeconds(10)))) {
      String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
      WrittenArchive archive = api.archive(60);
      String source = api.source(admin, archive);
      api.stack()
          .gateway()
          .faults()
          .add(
              new FaultRule(
                  "GET /" + archive.account_name() + "/" + archive.container() + "/",
                  null,
                  "DELAY 60000",
                  null));
      TraceContext click = TraceContext.start();
      Answer started =
          api.call(
              "POST",
              "/scans",
              admin,
              "{\"source_id\":\"" + source + "\"}",
              "Idempotency-Key",
              UUID.randomUUID().toString(),
              "traceparent",
              click.traceparent());
      String scan = started.at("/id");
      api.await("partition at work", () -> open(api, admin, click) ? true : null);
      api.stack().kill("worker-1");
      api.stack().gateway().faults().clear();
      api.awaitScan(admin, scan, "COMPLETED");

      JsonNode timeline = TraceIntegrationTests.await(api, admin, click.traceId(), "MESSAGE");
      List<JsonNode> deliveries =
          TraceIntegrationTests.hops(timeline)
              .filter(hop -> hop.path("kind").asString().equals("MESSAGE"))
              .filter(hop -> hop.path("name").asString().equals("scan-partitions"))
              .toList();
      assertThat(deliveries).as("%s", timeline).hasSizeGreaterThanOrEqualTo(2);
      JsonNode first = deliveries.getFirst();
      assertThat(first.path("state").asString()).isEqualTo("LOST");
      assertThat(deliveries.getLast().path("state").asString()).isEqualTo("OK");
      for (JsonNode again : deliveries.subList(1, deliveries.size())) {
        assertThat(again.path("links").toString()).contains(first.path("span_id").asString());
        assertThat(again.path("parent_span_id")).isEqualTo(first.path("parent_span_id"));
      }
      assertThat(
              api.rows(
                  "select count(*) = count(distinct path) and count(*) = "
                      + "(select listed from scan_progress where scan_id = '"
                      + scan
                      + "') from found_file where source_id = '"
                      + source
                      + "'"))
          .containsExactly("t");
    }
  }

  /** Whether a partition is kept as begun. */
  private static boolean open(ApiStack api, String admin, TraceContext click) {
    Answer answer = api.get("/admin/traces/" + click.traceId(), admin);
    return answer.status() == 200
        && TraceIntegrationTests.hops(answer.body())
            .anyMatch(hop -> hop.path("kind").asString().equals("PARTITION"));
  }
}
