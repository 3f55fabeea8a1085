package io.dorsal.functions.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.functions.SecondHost;
import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.local.stack.TimersNow;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators do with tenants, and what tenants settle of themselves. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class TenantsApiIntegrationTests {

  private static final String WHY = "{\"reason\":\"tried\"}";

  private final String tenant = ApiStack.tenant();
  private final UUID tenantId = TokenRequest.tenantId(tenant);
  private String admin;
  private String operator;

  @BeforeEach
  void tenant(ApiStack api) {
    admin = api.token(tenant, "TENANT_ADMIN");
    operator = api.token("operators", "OPERATOR");
  }

  private static void assertRefused(Answer answer, int status, String code) {
    assertThat(answer.at("/code")).as(answer.text()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
  }

  private Answer settle(ApiStack api, String body) {
    String tag = api.get("/admin/tenant", admin).tag();
    return api.call("PATCH", "/admin/tenant", admin, body, "If-Match", tag);
  }

  private Answer operate(ApiStack api, String verb) {
    return api.post("/operator/tenants/" + tenantId + "/" + verb, operator, WHY);
  }

  @Test
  void operatorsMakeATenantAndItsFirstAdministratorSignsIn(ApiStack api) {
    String name = "t" + UUID.randomUUID().toString().substring(0, 8);
    String address = "first@" + name + ".example";
    String body =
        "{\"name\":\"%s\",\"display_name\":\"Reef\",\"administrator_email\":\"%s\"}"
            .formatted(name, address);
    Answer made = api.post("/operator/tenants", operator, body);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertRefused(api.post("/operator/tenants", operator, body), 409, "NAME_TAKEN");
    assertRefused(api.post("/operator/tenants", operator, "{}"), 400, "VALIDATION_FAILED");
    assertRefused(api.post("/operator/tenants", admin, body), 403, "PERMISSION_DENIED");

    Answer found = api.get("/operator/tenants?q=" + name, operator);
    assertThat(found.body().path("items")).hasSize(1);
    assertThat(found.at("/items/0/id")).isEqualTo(made.at("/id"));
    var person = TokenRequest.user(made.at("/id"), "first").with("email", address);
    String first = api.stack().tokens().mint(person.with("email_verified", true));
    assertThat(api.get("/me", first).at("/role")).isEqualTo("TENANT_ADMIN");
    assertThat(api.get("/admin/tenant", first).at("/display_name")).isEqualTo("Reef");
  }

  // 40-18
  @Test
  void settingsAreChangedByWhoHasSeenThemWithinTheirLimits(ApiStack api) throws Exception {
    String body = "{\"settings\":{\"default_time_zone\":\"Africa/Nairobi\"}}";
    assertRefused(api.call("PATCH", "/admin/tenant", admin, body), 428, "PRECONDITION_REQUIRED");
    Answer before = api.get("/admin/tenant", admin);
    assertRefused(settle(api, "{\"settings\":{\"colour\":\"red\"}}"), 400, "VALIDATION_FAILED");

    Answer capped =
        api.call(
            "PATCH",
            "/operator/tenants/" + tenantId,
            operator,
            "{\"limits\":{\"max_file_size_bytes\":2000000}}",
            "If-Match",
            before.tag());
    assertThat(capped.status()).as(capped.text()).isEqualTo(200);
    Answer stale = api.call("PATCH", "/admin/tenant", admin, body, "If-Match", before.tag());
    assertRefused(stale, 412, "STALE_VERSION");
    assertThat(stale.at("/details/current/limits/max_file_size_bytes")).isEqualTo("2000000");
    Answer over = settle(api, "{\"settings\":{\"max_file_size_bytes\":2000001}}");
    assertRefused(over, 400, "VALIDATION_FAILED");
    assertThat(over.at("/details/limits/max_file_size_bytes/max")).isEqualTo("2000000");

    try (var second = SecondHost.beside(api.stack(), Map.of())) {
      String other = second.address();
      assertThat(api.callAt(other, "GET", "/me", admin, null).status()).isEqualTo(200);
      Answer changed = settle(api, "{\"settings\":{\"require_mfa\":true}}");
      assertThat(changed.status()).as(changed.text()).isEqualTo(200);
      assertThat(changed.at("/settings/require_mfa")).isEqualTo("true");
      long begin = System.nanoTime();
      api.await(
          "the other instance knows",
          () -> api.callAt(other, "GET", "/me", admin, null).status() == 403 ? true : null);
      assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
    }
    assertThat(
            api.rows(
                """
                select before, after from audit_entry
                where tenant_id = '%s' and action = 'tenant.settings.changed'
                """
                    .formatted(tenantId)))
        .singleElement()
        .asString()
        .contains("require_mfa", "true", "false");
  }

  // 40 section 4: with old and new value.
  @Test
  void aLimitOfTokensIsNoSecretToTheAuditLog(ApiStack api) {
    settle(api, "{\"settings\":{\"rate_limits\":{\"token\":900}}}");
    Answer audit = api.get("/admin/audit?action=tenant.settings.changed", admin);
    assertThat(audit.at("/items/0/before/rate_limits/token")).as(audit.text()).isEqualTo("1000");
    assertThat(audit.at("/items/0/after/rate_limits/token")).isEqualTo("900");
  }

  // 40-19, for audit entries: there is no trash yet.
  @Test
  void shorterRetentionIsConfirmedWaitsADayAndIsTakenBack(ApiStack api) {
    api.rows(
        """
        insert into audit_entry (tenant_id, category, action, severity, actor, outcome, at, before,
          after, trace_id)
        values ('%s', 'ADMIN', 'old', 'INFO', 'SYSTEM', 'DONE', now() - interval '200 days', '{}',
          '{}', 'none')
        """
            .formatted(tenantId));
    String shorter = "{\"settings\":{\"audit_retention_days\":100},\"confirm_data_loss\":%s}";
    Answer unconfirmed = settle(api, shorter.formatted("false"));
    assertRefused(unconfirmed, 400, "VALIDATION_FAILED");
    assertThat(unconfirmed.at("/details/data_loss/0/amount")).isEqualTo("1");
    Answer trash = settle(api, "{\"settings\":{\"trash_retention_days\":7}}");
    assertRefused(trash, 400, "VALIDATION_FAILED");
    assertThat(trash.at("/details/data_loss/0/unit")).isEqualTo("files in the trash");

    Answer waiting = settle(api, shorter.formatted("true"));
    assertThat(waiting.status()).as(waiting.text()).isEqualTo(200);
    assertThat(waiting.at("/settings/audit_retention_days")).isEqualTo("730");
    assertThat(waiting.at("/pending_changes/0/to")).isEqualTo("100");
    assertThat(kept(api)).isEqualTo("730");
    Answer back = settle(api, "{\"settings\":{\"audit_retention_days\":730}}");
    assertThat(back.body().path("pending_changes")).isEmpty();

    settle(api, shorter.formatted("true"));
    api.rows(
        """
        update tenant set pending =
          jsonb_set(pending, '{0,effective_at}', to_jsonb(now() - interval '1 second'))
        where id = '%s'
        """
            .formatted(tenantId));
    assertThat(api.get("/admin/tenant", admin).at("/settings/audit_retention_days"))
        .isEqualTo("100");
    assertThat(kept(api)).isEqualTo("100");
  }

  private String kept(ApiStack api) {
    return api.rows("select audit_retention_days('%s')".formatted(tenantId)).getFirst();
  }

  // 40-37
  @Test
  void suspendedTenantsAreOutAndTheirSchedulesRestUntilTheyAreResumed(ApiStack api)
      throws Exception {
    String neighbour = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String source = scheduled(api, admin);
    String besides = scheduled(api, neighbour);
    String key =
        api.post("/api-keys", admin, "{\"name\":\"K\",\"kind\":\"SERVICE\",\"scopes\":[\"*\"]}")
            .at("/key");
    assertThat(byKey(api, key).status()).isEqualTo(200);

    assertThat(operate(api, "suspend").at("/status")).isEqualTo("SUSPENDED");
    assertThat(operate(api, "suspend").at("/status")).isEqualTo("SUSPENDED");
    assertRefused(api.get("/sources", admin), 403, "AUTHZ_TENANT_SUSPENDED");
    assertRefused(byKey(api, key), 403, "AUTHZ_TENANT_SUSPENDED");
    assertThat(api.get("/sources", neighbour).status()).isEqualTo(200);
    assertThat(api.get("/me", operator).status()).isEqualTo(200);
    api.rows(
        "update source_schedule set next_fire_at = now() where source_id in ('%s', '%s')"
            .formatted(source, besides));
    minute(api);
    awaitFired(api, neighbour, besides);
    assertThat(api.rows("select 1 from scan where source_id = '" + source + "'")).isEmpty();

    assertThat(operate(api, "resume").at("/status")).isEqualTo("ACTIVE");
    assertThat(api.get("/sources", admin).status()).isEqualTo(200);
    assertThat(byKey(api, key).status()).isEqualTo(200);
    minute(api);
    awaitFired(api, admin, source);
  }

  private static Answer byKey(ApiStack api, String key) {
    return api.call("GET", "/scans", null, null, "X-API-Key", key);
  }

  private static String scheduled(ApiStack api, String token) {
    String source = api.source(token, api.archive(5));
    String schedule = "/sources/" + source + "/schedule";
    assertThat(api.call("PUT", schedule, token, "{\"cron\":\"0 3 * * *\"}").status())
        .isEqualTo(200);
    return source;
  }

  private static void awaitFired(ApiStack api, String token, String source) {
    api.await(
        "the schedule fires",
        () ->
            api.get("/sources/" + source + "/schedule-runs", token)
                    .at("/items/0/outcome")
                    .equals("STARTED")
                ? true
                : null);
  }

  private static void minute(ApiStack api) throws Exception {
    TimersNow.run(api.stack().api(), "EveryMinute");
  }

  @Test
  void deletedTenantsGoWithAllTheirRowsAndLeaveACertificate(ApiStack api) throws Exception {
    String source = api.source(admin, api.archive(10));
    String scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");
    api.awaitScan(admin, scan, "COMPLETED");
    Answer organization = api.post("/organizations", admin, "{\"name\":\"O\"}");
    api.call(
        "POST",
        "/organizations/" + organization.at("/id") + "/verification",
        admin,
        "{\"verification\":\"ACKNOWLEDGED\"}",
        "If-Match",
        organization.tag());
    String population =
        api.post(
                "/populations",
                admin,
                """
                {"name": "P", "species_scientific_name": "S", "behaviors": [{"name": "B"}]}
                """)
            .at("/id");
    api.call("POST", "/populations/" + population + "/approve", admin, null, "If-Match", "\"v0\"");
    api.post("/populations/" + population + "/join-requests", api.token(tenant, "MEMBER"), "{}");
    String bundle = bundle(api);
    assertThat(status(bundle)).isEqualTo(200);
    String certificate = "/operator/tenants/" + tenantId + "/deletion-certificate";

    Answer deleting = operate(api, "delete");
    assertThat(deleting.at("/status")).isEqualTo("DELETING");
    assertThat(deleting.at("/purge_after")).isNotEmpty();
    assertRefused(api.get("/sources", admin), 403, "AUTHZ_TENANT_SUSPENDED");
    assertRefused(api.get(certificate, operator), 404, "NOT_FOUND");
    assertThat(operate(api, "resume").at("/status")).isEqualTo("ACTIVE");
    assertThat(operate(api, "delete").at("/status")).isEqualTo("DELETING");

    // After 30 days nothing of it waits in memory to be recorded; here it may for half a second.
    Thread.sleep(2_000);
    // As a process left it that died at it: who takes over shows itself, and is shown no more.
    api.rows(
        """
        insert into running_task (kind, id, of_tenant, start, worker, heartbeat_at, trace_id)
        values ('TENANT_PURGE', '%1$s', '%1$s', uuidv7(), 'w', now() - interval '1 hour', '')
        """
            .formatted(tenantId));
    assertThat(api.get("/admin/jobs/" + tenantId, operator).at("/job/state")).isEqualTo("LOST");
    api.rows("update tenant set purge_after = now() where id = '" + tenantId + "'");
    assertRefused(operate(api, "resume"), 409, "STATE_CONFLICT");
    minute(api);
    Answer gone =
        api.await(
            "the tenant is purged",
            () -> {
              Answer now = api.get(certificate, operator);
              return now.status() == 200 ? now : null;
            });
    api.await(
        "the purge is no job any more",
        () -> api.get("/admin/jobs/" + tenantId, operator).status() == 404 ? true : null);
    assertThat(gone.body().at("/removed/found_file").asInt()).isGreaterThanOrEqualTo(10);
    assertThat(gone.body().at("/removed/audit_entry").asInt()).isPositive();
    assertThat(gone.body().at("/removed/blobs").asInt()).isPositive();
    assertThat(gone.body().at("/removed/key_parts").asInt()).isPositive();
    assertThat(status(bundle)).isEqualTo(404);
    assertThat(gone.body().at("/removed/organization").asInt()).isEqualTo(2);
    assertThat(gone.body().at("/removed/organization_member").asInt()).isEqualTo(1);
    assertThat(gone.body().at("/removed/organization_verification").asInt()).isEqualTo(1);
    for (String table : List.of("population", "population_term", "join_request")) {
      assertThat(gone.body().at("/removed/" + table).asInt()).as(table).isEqualTo(1);
    }
    for (String table :
        api.rows(
            """
            select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
            where a.attname = 'tenant_id' and c.relkind = 'r'
              and c.relnamespace = 'dorsal'::regnamespace
            """)) {
      assertThat(
              api.rows("select 1 from " + table + " where tenant_id = '" + tenantId + "' limit 1"))
          .as(table)
          .isEmpty();
    }
  }

  /** A support bundle's link, which is good for longer than the test lasts. */
  private String bundle(ApiStack api) {
    String range =
        "{\"from\":\"%s\",\"to\":\"%s\"}"
            .formatted(Instant.now().minus(Duration.ofHours(1)), Instant.now());
    String id = api.post("/admin/support-bundles", admin, range).at("/id");
    return api.await(
        "packed",
        () -> {
          String link = api.get("/admin/support-bundles/" + id, admin).at("/link");
          return link.isEmpty() ? null : link;
        });
  }

  private static int status(String link) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(link)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }
}
