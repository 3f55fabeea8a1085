package io.dorsal.functions.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.oidc.TokenRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** The expiry calendar, its feed and notices over HTTP. */
@ExtendWith(ApiStack.Started.class)
class ExpiryApiIntegrationTests {

  private static HttpResponse<String> feed(ApiStack api, String path)
      throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(api.stack().api() + path)).build(),
          BodyHandlers.ofString());
    }
  }

  @Test
  void theCalendarIsAListAndAPersonalFeed(ApiStack api) throws Exception {
    WrittenArchive archive = api.archive(3);
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    Answer made =
        api.post("/connections", admin, ApiStack.connecting("Whales", archive, archive.sas()));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String source =
        "{\"connection_id\":\"%s\",\"name\":\"S\",\"container\":\"%s\"}"
            .formatted(made.at("/id"), archive.container());
    api.post("/sources", admin, source);

    Answer list = api.get("/connections/expiry-calendar?days=3650", admin);
    assertThat(list.at("/items/0/connection_id")).as(list.text()).isEqualTo(made.at("/id"));
    assertThat(list.at("/items/0/credential")).isEqualTo("SAS");
    assertThat(list.at("/items/0/expires_at")).isEqualTo(made.at("/expires_at"));
    assertThat(list.body().at("/items/0/affected").toString())
        .isEqualTo("{\"sources\":1,\"schedules\":0,\"runs\":0}");
    assertThat(api.get("/connections/expiry-calendar?days=0", admin).status()).isEqualTo(400);
    assertThat(api.get("/connections/expiry-calendar?days=x", admin).status()).isEqualTo(400);

    Answer feed = api.post("/connections/expiry-calendar/feed", admin, null);
    assertThat(feed.status()).as(feed.text()).isEqualTo(201);
    var file = feed(api, feed.at("/path"));
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Type")).hasValue("text/calendar; charset=utf-8");
    assertThat(file.body()).startsWith("BEGIN:VCALENDAR\r\n").contains("SAS of Whales ends");
    assertThat(feed(api, feed.at("/path") + "x").statusCode()).isEqualTo(404);
    assertThat(feed(api, "/api/v1/connections/expiry-calendar.ics").statusCode()).isEqualTo(404);
    assertThat(api.call("DELETE", "/connections/expiry-calendar/feed", admin, null).status())
        .isEqualTo(204);
    assertThat(feed(api, feed.at("/path")).statusCode()).isEqualTo(404);
  }

  /** 40, sections 2.1, 3 and 4, scenario 37: its address opens what its user may see now. */
  @Test
  void theFeedFollowsItsUser(ApiStack api) throws Exception {
    String tenant = ApiStack.tenant();
    String admin = api.token(tenant, "TENANT_ADMIN");
    String user = api.token(tenant, "ADMINISTRATOR");
    String id = api.get("/me", user).at("/id");
    String path = api.post("/connections/expiry-calendar/feed", user, null).at("/path");
    assertThat(feed(api, path).statusCode()).isEqualTo(200);

    api.post("/admin/users/" + id + "/deactivate", admin, "{}");
    assertThat(code(feed(api, path))).isEqualTo("403 AUTHZ_USER_SUSPENDED");
    api.post("/admin/users/" + id + "/activate", admin, "{}");
    assertThat(feed(api, path).statusCode()).isEqualTo(200);

    String operator = api.token("operators", "OPERATOR");
    String state = "/operator/tenants/" + TokenRequest.tenantId(tenant);
    api.post(state + "/suspend", operator, "{\"reason\":\"unpaid\"}");
    assertThat(code(feed(api, path))).isEqualTo("403 AUTHZ_TENANT_SUSPENDED");
    api.post(state + "/resume", operator, "{\"reason\":\"paid\"}");
    assertThat(feed(api, path).statusCode()).isEqualTo(200);

    api.rows("update population_member set role = 'VIEWER' where user_id = '" + id + "'");
    Thread.sleep(3_500);
    assertThat(code(feed(api, path))).isEqualTo("403 PERMISSION_DENIED");
  }

  private static String code(HttpResponse<String> answer) {
    String code = JsonMapper.shared().readTree(answer.body()).path("code").asString("");
    return answer.statusCode() + " " + code;
  }

  @Test
  void noticesAreListedAndRead(ApiStack api) {
    String tenant = ApiStack.tenant();
    String admin = api.token(tenant, "TENANT_ADMIN");
    assertThat(api.get("/notices", admin).body().path("items")).isEmpty();
    String id = TokenRequest.of(tenant, "TENANT_ADMIN").tenantId().toString();
    api.rows(
        """
        insert into notice (tenant_id, key, kind, for_role, for_subject, title, body,
            resource_type, resource_id, created_at)
        values ('%s', 'k', 'CONNECTION_EXPIRES', 'TENANT_ADMIN', 'nobody', 'T', 'B', 'connection',
            gen_random_uuid(), now())
        """
            .formatted(id));
    Answer list = api.get("/notices", admin);
    assertThat(list.at("/items/0/title")).as(list.text()).isEqualTo("T");
    assertThat(list.at("/items/0/read_at")).isEmpty();
    String read = "/notices/" + list.at("/items/0/id") + "/read";
    assertThat(api.post(read, api.token(tenant, "VIEWER"), null).status()).isEqualTo(404);
    assertThat(api.post(read, admin, null).status()).isEqualTo(204);
    assertThat(api.get("/notices", admin).at("/items/0/read_at")).isNotEmpty();
  }
}
