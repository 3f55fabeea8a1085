package io.dorsal.functions.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.stack.TimersNow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The checks at 03:00 UTC (10, section 1.4): their timer, their queue, and what they leave. */
@ExtendWith(ApiStack.Started.class)
class DailyChecksIntegrationTests {

  @Test
  void connectionsWithAnActiveSourceAreCheckedOnceADay(ApiStack api) throws Exception {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(3);
    String used = connected(api, admin, "Used", archive);
    String idle = connected(api, admin, "Idle", archive);
    String paused = connected(api, admin, "Paused", archive);
    register(api, admin, used, archive);
    Answer source = register(api, admin, paused, archive);
    api.call(
        "PATCH",
        "/sources/" + source.at("/id"),
        admin,
        "{\"state\":\"PAUSED\"}",
        "If-Match",
        String.valueOf(source.headers().get("ETag")));

    TimersNow.run(api.stack().api(), "RequestDailyChecks");
    TimersNow.run(api.stack().api(), "RequestDailyChecks");

    api.await("the check of " + used, () -> reports(api, admin, used) == 2 ? true : null);
    assertThat(messages(api, used)).as("asked twice, and posted under one id").isEqualTo(1);
    assertThat(messages(api, idle) + messages(api, paused)).isZero();
    assertThat(reports(api, admin, used)).isEqualTo(2);
    assertThat(reports(api, admin, idle)).isEqualTo(1);
    assertThat(reports(api, admin, paused)).isEqualTo(1);
  }

  @Test
  void aCheckFindsWhatBrokeMeanwhile(ApiStack api) throws Exception {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(3);
    String used = connected(api, admin, "Used", archive);
    register(api, admin, used, archive);
    api.stack().containers().client("source", archive.container()).delete();

    TimersNow.run(api.stack().api(), "RequestDailyChecks");

    Answer broken =
        api.await(
            used + " is BROKEN",
            () -> {
              Answer now = api.get("/connections/" + used, admin);
              return now.at("/status").equals("BROKEN") ? now : null;
            });
    assertThat(broken.at("/finding/code")).isEqualTo("CONTAINER_NOT_FOUND");
  }

  private static String connected(ApiStack api, String admin, String name, WrittenArchive archive) {
    Answer made =
        api.post("/connections", admin, ApiStack.connecting(name, archive, archive.sas()));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.at("/id");
  }

  private static Answer register(
      ApiStack api, String admin, String connection, WrittenArchive archive) {
    String body =
        "{\"connection_id\":\"%s\",\"name\":\"S %s\",\"container\":\"%s\"}"
            .formatted(connection, connection, archive.container());
    return api.post("/sources", admin, body);
  }

  private static int reports(ApiStack api, String admin, String connection) {
    Answer reports = api.get("/connections/" + connection + "/doctor-reports", admin);
    return reports.body().path("items").size();
  }

  private static int messages(ApiStack api, String connection) {
    String query =
        "select distinct message_id from outbox where queue = 'connection-checks'"
            + " and message_id like '"
            + connection
            + "%'";
    return api.rows(query).size();
  }
}
