package io.dorsal.functions.http;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiContract.Operation;
import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.functions.operations.DeadLettersForTests;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.operations.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant that has one of everything a path can name, and where each of them is. */
final class Belongings {

  private final ApiStack api;
  private final String tenant;
  private final String admin;

  /** What fills the last parameter of a path that begins like this. */
  private final Map<String, String> ids = new LinkedHashMap<>();

  /**
   * @param archive what the tenant's source holds
   */
  Belongings(ApiStack api, String tenant, WrittenArchive archive) {
    this.api = api;
    this.tenant = tenant;
    this.admin = api.token(tenant, "TENANT_ADMIN");
    ids.put("/operator/tenants/{id}", TokenRequest.tenantId(tenant).toString());
    // Names a provider of the whole deployment, and is no tenant's.
    ids.put("/webhooks/identity/{issuerKey}", UUID.randomUUID().toString());
    onboard(archive);
    letPeopleIn();
    letMachinesIn();
    leaveTraces();
    assertThat(ids.values()).doesNotContain("");
  }

  /**
   * The path with the tenant's own ids.
   *
   * @throws AssertionError where there is nothing of the kind; a new parameter needs a line here
   */
  String path(Operation operation) {
    String path = "";
    String template = "";
    for (String segment : operation.path().substring(1).split("/", -1)) {
      template += "/" + segment;
      if (segment.startsWith("{")) {
        assertThat(ids).as("a tenant's own id for the parameter").containsKey(template);
        segment = String.valueOf(ids.get(template));
      }
      path += "/" + segment;
    }
    return path;
  }

  /** All that are ids, and no names. */
  Set<String> ids() {
    return ids.values().stream().filter(id -> id.matches("[0-9a-f-]{36}")).collect(toSet());
  }

  /** Whether a GET of exactly this path answers the thing itself. */
  boolean isThing(Operation operation) {
    return operation.method().equals("GET") && ids.containsKey(operation.path());
  }

  private void onboard(WrittenArchive archive) {
    String source = api.source(admin, archive);
    String scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");
    api.awaitScan(admin, scan, "COMPLETED");
    api.call(
        "PUT",
        "/sources/" + source + "/schedule",
        admin,
        "{\"cron\":\"0 3 * * *\",\"time_zone\":\"UTC\",\"mode\":\"INCREMENTAL\"}");
    String format = made("/spreadsheet-formats", "{\"name\":\"F\",\"required_headers\":[\"a\"]}");
    ids.put("/connections/{id}", api.get("/sources/" + source, admin).at("/connection_id"));
    ids.put("/sources/{id}", source);
    ids.put("/scans/{id}", scan);
    ids.put(
        "/scans/{id}/files/{file_id}",
        api.get("/scans/" + scan + "/files", admin).at("/items/0/id"));
    ids.put("/scans/{id}/format-suggestions/{key}", format);
    ids.put("/spreadsheet-formats/{id}", format);
    ids.put("/admin/jobs/{id}", waiting(scan));
  }

  /** A scan that no worker was told of, and that is at work therefore as long as the test. */
  private String waiting(String scan) {
    String id = UUID.randomUUID().toString();
    for (String copy :
        new String[] {
          "scan|jsonb_build_object('id', '%1$s', 'number', s.number + 1, 'state', 'REQUESTED')|id",
          "scan_progress|jsonb_build_object('scan_id', '%1$s')|scan_id"
        }) {
      String[] parts = copy.split("\\|", -1);
      api.rows(
          "insert into %1$s select (jsonb_populate_record(s, %2$s)).* from %1$s s where %3$s = '%4$s'"
              .formatted(parts[0], parts[1].formatted(id), parts[2], scan));
    }
    return id;
  }

  private void letPeopleIn() {
    String viewer = api.get("/me", api.token(tenant, "VIEWER")).at("/id");
    String member = api.token(tenant, "MEMBER");
    String administrator = api.token(tenant, "ADMINISTRATOR");
    String population = api.get("/populations", administrator).at("/items/0/id");
    Answer asked = api.post("/populations/" + population + "/join-requests", member, "{}");
    String organization = made("/organizations", "{\"name\":\"O\"}");
    ids.put("/admin/users/{id}", viewer);
    ids.put("/populations/{id}", population);
    ids.put("/populations/{id}/members/{user_id}", viewer);
    ids.put("/populations/{id}/join-requests/{request_id}", asked.at("/join_request_id"));
    ids.put("/notices/{id}", api.get("/notices", administrator).at("/items/0/id"));
    ids.put("/organizations/{id}", organization);
    ids.put("/organizations/{id}/members/{user_id}", api.get("/me", admin).at("/id"));
  }

  private void letMachinesIn() {
    String webhook =
        made(
            "/admin/webhooks",
            "{\"name\":\"W\",\"url\":\"https://203.0.113.1/in\",\"events\":[\"scan.finished\"]}");
    String deliveries = "/admin/webhooks/" + webhook + "/deliveries";
    api.post("/admin/webhooks/" + webhook + "/test", admin, null);
    ids.put(
        "/api-keys/{id}",
        made("/api-keys", "{\"name\":\"K\",\"kind\":\"SERVICE\",\"scopes\":[\"*\"]}"));
    ids.put("/admin/webhooks/{id}", webhook);
    ids.put(
        "/admin/webhooks/{id}/deliveries/{delivery_id}",
        api.await("a delivery", () -> orNull(api.get(deliveries, admin).at("/items/0/id"))));
  }

  private void leaveTraces() {
    String range =
        "{\"from\":\"%s\",\"to\":\"%s\"}"
            .formatted(Instant.now().minus(Duration.ofHours(1)), Instant.now());
    String message = "dead-" + UUID.randomUUID();
    DeadLettersForTests.send(api, TokenRequest.tenantId(tenant).toString(), message);
    TraceContext click = TraceContext.start();
    String request = "request-" + UUID.randomUUID();
    api.call(
        "GET",
        "/scans/" + UUID.randomUUID(),
        admin,
        null,
        "X-Request-Id",
        request,
        "traceparent",
        click.traceparent());
    ids.put("/admin/support-bundles/{id}", made("/admin/support-bundles", range));
    ids.put("/admin/audit/exports/{id}", made("/admin/audit/exports", "{\"format\":\"CSV\"}"));
    ids.put("/admin/traces/{trace_id}", kept("/admin/traces/", click.traceId()));
    ids.put("/admin/requests/{request_id}", kept("/admin/requests/", request));
    ids.put("/admin/dead-letters/{queue}", DeadLettersForTests.QUEUE);
    ids.put(
        "/admin/dead-letters/{queue}/{id}",
        DeadLettersForTests.await(api, admin, message).path("id").asString());
  }

  private String made(String path, String body) {
    Answer made = api.post(path, admin, body);
    assertThat(made.status()).as(made.text()).isIn(201, 202);
    return made.at("/id");
  }

  private String kept(String path, String id) {
    return api.await(path + id, () -> api.get(path + id, admin).status() == 200 ? id : null);
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
