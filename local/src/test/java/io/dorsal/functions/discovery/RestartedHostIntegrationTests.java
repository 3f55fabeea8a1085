package io.dorsal.functions.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.SecondHost;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.stack.TimersNow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Section 2.8: what falls due while no functions host runs fires once when there are two again;
 * quiet is a second here, and timers run when told as well as by their time.
 */
@SuppressWarnings("NullAway.Init")
class RestartedHostIntegrationTests {

  private static final Map<String, String> SETTINGS =
      Map.of("DORSAL_EVENTS_QUIET", "1s", "DORSAL_EVENTS_APART", "5m");

  private static ApiStack api;

  @BeforeAll
  static void start() throws Exception {
    api = ApiStack.own(options -> options.withSettings(SETTINGS));
  }

  @AfterAll
  static void stop() throws Exception {
    api.close();
  }

  @Test
  void scheduleAndMarkOutliveTheirHostAndFireOnceOnTwo() throws Exception {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String scheduled = api.source(admin, api.archive(5));
    WrittenArchive archive = api.archive(6);
    String neighbor = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String told = api.source(neighbor, archive);
    var set =
        api.call("PUT", "/sources/" + scheduled + "/schedule", admin, "{\"cron\":\"0 * * * *\"}");
    assertThat(set.status()).as(set.text()).isEqualTo(200);
    String event =
        StorageEventsIntegrationTests.event(archive, UUID.randomUUID().toString(), "new/1.jpg");

    StorageEventsIntegrationTests.deliver(api.stack().api(), "Notification", "[" + event + "]");
    var host = api.stack().process("functions");
    host.killAndHold();
    assertThat(api.rows("select 1 from source_dirty where source_id = '" + told + "'")).hasSize(1);
    // As time passes while nobody looks: three fires of each hour.
    api.rows(
        "update source_schedule set next_fire_at = date_trunc('hour', now()) - interval '2 hours'"
            + " where source_id = '"
            + scheduled
            + "'");
    api.rows("update source_dirty set last_event_at = last_event_at - interval '1 minute'");
    assertThat(scans(told)).isEmpty();
    host.start();
    try (SecondHost second = SecondHost.beside(api.stack(), SETTINGS)) {
      host.awaitReady(Duration.ofMinutes(2));
      fireOn(List.of(api.stack().api(), second.address()));
      // A host whose own minute came may hold the schedule: who is told then leaves it alone.
      for (String source : List.of(scheduled, told)) {
        api.await("it fired", () -> scans(source).isEmpty() ? null : true);
      }

      assertThat(scans(scheduled)).containsExactly("SCHEDULE");
      assertThat(scans(told)).containsExactly("EVENT");
      var runs = api.get("/sources/" + scheduled + "/schedule-runs", admin).body().path("items");
      assertThat(runs).hasSize(1);
      assertThat(runs.at("/0/outcome").asString()).isEqualTo("STARTED");
      assertThat(runs.at("/0/missed").asInt()).isBetween(2, 3);
      assertThat(api.rows("select 1 from source_dirty where source_id = '" + told + "'")).isEmpty();
      completed(admin, scheduled);
      completed(neighbor, told);
    }
  }

  private static void completed(String token, String source) {
    String scan = api.get("/scans?source_id=" + source, token).at("/items/0/id");
    api.awaitScan(token, scan, "COMPLETED");
  }

  /** Both timers on all hosts at once, and again. */
  private static void fireOn(List<String> hosts) throws Exception {
    List<Callable<Boolean>> timers = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      for (String host : hosts) {
        for (String timer : List.of("EveryMinute", "EveryTenSeconds")) {
          timers.add(
              () -> {
                TimersNow.run(host, timer);
                return true;
              });
        }
      }
    }
    try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> fired : all.invokeAll(timers)) {
        assertThat(fired.get()).isTrue();
      }
    }
  }

  /** By what each scan of the source was begun. */
  private static List<String> scans(String source) {
    return api.rows("select trigger_kind from scan where source_id = '" + source + "'");
  }
}
