package io.dorsal.functions.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Changing sources, their schedules, and what becomes of scans, over HTTP. */
@ExtendWith(ApiStack.Started.class)
class SourceApiIntegrationTests {

  @Test
  void aSourceIsChangedWithTheVersionThatWasSeen(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String path = "/sources/" + api.source(admin, api.archive(5));
    var seen = api.get(path, admin);
    assertThat(seen.at("/on_new_files")).isEqualTo("SCAN_ONLY");
    assertThat(seen.body().at("/counters/scans").asInt(-1)).isZero();
    assertThat(seen.body().at("/schedule").isNull()).isTrue();
    String tag = String.valueOf(seen.headers().get("ETag"));

    assertThat(api.call("PATCH", path, admin, "{\"name\":\"x\"}").status()).isEqualTo(428);
    var changed =
        api.call(
            "PATCH",
            path,
            admin,
            "{\"name\":\"Renamed\",\"time_zone\":\"Europe/Berlin\",\"state\":\"PAUSED\"}",
            "If-Match",
            tag);
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.at("/name")).isEqualTo("Renamed");
    var stale = api.call("PATCH", path, admin, "{\"name\":\"y\"}", "If-Match", tag);
    assertThat(stale.at("/code")).isEqualTo("STALE_VERSION");
    var unknown = api.call("PATCH", path, admin, "{\"prefix\":\"y\"}", "If-Match", tag);
    assertThat(unknown.at("/code")).isEqualTo("VALIDATION_FAILED");
    var scan = api.post("/scans", admin, "{\"source_id\":\"" + seen.at("/id") + "\"}");
    assertThat(scan.at("/code")).isEqualTo("SOURCE_PAUSED");

    String newTag = String.valueOf(changed.headers().get("ETag"));
    var cleared =
        api.call(
            "PATCH", path, admin, "{\"time_zone\":null,\"state\":\"ACTIVE\"}", "If-Match", newTag);
    assertThat(cleared.body().at("/time_zone").isNull()).isTrue();
    String last = String.valueOf(cleared.headers().get("ETag"));
    assertThat(api.call("DELETE", path, admin, null, "If-Match", last).status()).isEqualTo(204);
    assertThat(api.get("/sources", admin).body().path("items")).isEmpty();
    assertThat(api.get(path, admin).at("/state")).isEqualTo("REMOVED");
  }

  @Test
  void aScheduleIsSetReadAndRemoved(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String source = "/sources/" + api.source(admin, api.archive(5));
    String path = source + "/schedule";
    assertThat(api.get(path, admin).status()).isEqualTo(404);
    var often = api.call("PUT", path, admin, "{\"cron\":\"*/5 * * * *\"}");
    assertThat(often.status()).isEqualTo(422);
    assertThat(often.at("/code")).isEqualTo("SCHEDULE_TOO_FREQUENT");
    var set =
        api.call(
            "PUT",
            path,
            admin,
            "{\"cron\":\"30 3 * * *\",\"time_zone\":\"America/Vancouver\",\"mode\":\"FULL\"}");
    assertThat(set.status()).as(set.text()).isEqualTo(200);
    assertThat(api.get(path, admin).at("/next_fire_at")).isEqualTo(set.at("/next_fire_at"));
    assertThat(api.get(source, admin).at("/schedule/mode")).isEqualTo("FULL");
    assertThat(api.get(source + "/schedule-runs", admin).body().path("items")).isEmpty();
    assertThat(api.call("DELETE", path, admin, null).status()).isEqualTo(204);
    assertThat(api.get(source, admin).body().at("/schedule").isNull()).isTrue();
  }

  /** The timer function of the packaged app fires it; takes up to a minute. */
  @Test
  void aDueScheduleFiresByTheMinuteTimer(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String source = api.source(admin, api.archive(20));
    api.call("PUT", "/sources/" + source + "/schedule", admin, "{\"cron\":\"0 3 * * *\"}");
    api.rows("update source_schedule set next_fire_at = now() where source_id = '" + source + "'");
    String run = "/sources/" + source + "/schedule-runs";
    String scan =
        api.await(
            "the schedule fires",
            () -> {
              var fired = api.get(run, admin);
              return fired.at("/items/0/outcome").equals("STARTED")
                  ? fired.at("/items/0/scan_id")
                  : null;
            });
    var done = api.awaitScan(admin, scan, "COMPLETED");
    assertThat(done.at("/trigger")).isEqualTo("SCHEDULE");
    var counted = api.get("/sources/" + source, admin);
    assertThat(counted.at("/counters/last_scan_id")).isEqualTo(scan);
    assertThat(counted.body().at("/counters/files").asInt())
        .isEqualTo(done.body().at("/progress/listed").asInt());

    var log = api.get("/scans/" + scan + "/log?limit=2", admin);
    assertThat(log.at("/items/0/line")).isEqualTo("Scan is REQUESTED by schedule");
    assertThat(log.at("/items/1/line")).isEqualTo("Scan is LISTING");
    var rest = api.get("/scans/" + scan + "/log?limit=2&cursor=" + log.at("/next_cursor"), admin);
    assertThat(rest.at("/items/0/line")).matches("Listed \\d+ files");
    String wrong = "/scans/" + scan + "/log?cursor=" + "x";
    assertThat(api.get(wrong, admin).at("/code")).isEqualTo("PAGE_CURSOR_INVALID");

    assertThat(api.call("DELETE", "/scans/" + scan, admin, null).status()).isEqualTo(204);
    assertThat(api.get("/scans/" + scan, admin).status()).isEqualTo(404);
  }
}
