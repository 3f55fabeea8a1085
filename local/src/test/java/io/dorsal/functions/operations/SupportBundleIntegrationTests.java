package io.dorsal.functions.operations;

import static io.dorsal.functions.operations.ParcelsForTests.download;
import static io.dorsal.functions.operations.ParcelsForTests.parts;
import static io.dorsal.functions.operations.ParcelsForTests.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.operations.Build;
import io.dorsal.operations.TraceContext;
import io.dorsal.work.QueueSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes along in a support bundle, and what never does. */
@ExtendWith(ApiStack.Started.class)
class SupportBundleIntegrationTests {

  private static final String SECRET = "pLaNtEdSecret0123456789abcdef";
  private static final String EMAIL = "planted.person@example.org";
  private static final String LATITUDE = "48.512345";
  private static final String LONGITUDE = "-123.156789";

  private final String tenant = ApiStack.tenant();

  /** 40-24. */
  @Test
  void bundleOfATraceHoldsWhatFindsTheFaultAndNoMarker(ApiStack api) throws Exception {
    String admin = api.token(tenant, "TENANT_ADMIN");
    WrittenArchive archive = api.archive(30);
    var container = api.stack().container(archive.account_name(), archive.container());
    String source = api.source(admin, archive);
    TraceContext click = TraceContext.start();
    // The markers go in wherever a caller can write: into a name, a path, a header, a note.
    Answer started =
        api.call(
            "POST",
            "/scans",
            admin,
            "{\"source_id\":\"" + source + "\"}",
            "Idempotency-Key",
            UUID.randomUUID().toString(),
            "traceparent",
            click.traceparent(),
            "User-Agent",
            "agent sig=" + SECRET + " " + EMAIL);
    api.call(
        "GET",
        "/scans/" + EMAIL + "?at=" + LATITUDE + "," + LONGITUDE + "&sig=" + SECRET,
        admin,
        null,
        "traceparent",
        click.traceparent());
    api.awaitScan(admin, started.at("/id"), "COMPLETED");
    TraceIntegrationTests.await(api, admin, click.traceId(), "MESSAGE");
    String owner =
        api.rows("select tenant_id from scan where id = '" + started.at("/id") + "'").getFirst();
    String key =
        api.post("/api-keys", admin, "{\"name\":\"K\",\"kind\":\"SERVICE\",\"scopes\":[\"*\"]}")
            .at("/key");
    String token = api.token(tenant, "AUDITOR");
    assertThat(key).startsWith("dk_");
    plant(api, owner, click.traceId(), key + " and " + token);
    assertThat(container.exists()).isTrue();

    Answer asked =
        api.post(
            "/admin/support-bundles",
            admin,
            "{\"trace_id\":\"%s\",\"note\":\"Bearer %s of %s\"}"
                .formatted(click.traceId(), SECRET, EMAIL + ", " + key + ", " + token));
    assertThat(asked.status()).as(asked.text()).isEqualTo(202);
    assertThat(asked.at("/state")).isEqualTo("QUEUED");
    Answer ready = ready(api, admin, asked);
    assertThat(Duration.between(Instant.now(), Instant.parse(ready.at("/expires_at"))).toDays())
        .isBetween(13L, 14L);
    assertThat(Duration.between(Instant.now(), Instant.parse(ready.at("/link_ends_at"))))
        .isLessThanOrEqualTo(Duration.ofMinutes(15));

    byte[] zip = download(ready.at("/link"));
    assertThat(zip.length).isEqualTo(Integer.parseInt(ready.at("/size_bytes")));
    assertThat(zip.length).isLessThan(50 << 20);
    Map<String, String> parts = parts(zip);
    assertThat(parts)
        .containsKeys(
            "bundle.json",
            "timeline.json",
            "requests.json",
            "jobs.json",
            "scans.json",
            "item_errors.json",
            "logs.jsonl",
            "versions.json",
            "settings.json",
            "queues.json",
            "health.json",
            "metrics.txt");
    assertSurroundings(parts, owner);
    String all = String.join("\n", parts.values());
    assertThat(all)
        .doesNotContain(
            SECRET, EMAIL, "planted.person", LATITUDE, LONGITUDE, "48.5123", "123.1567", admin)
        .doesNotContain(key.substring(12))
        .doesNotContain(token.split("\\.", -1));
    JsonNode timeline = JsonMapper.shared().readTree(parts.get("timeline.json"));
    assertThat(TraceIntegrationTests.hops(timeline).map(hop -> hop.path("kind").asString()))
        .contains("HTTP", "OUTBOX", "MESSAGE", "PARTITION", "JOB", "STEP", "CHUNK", "BLOB");
    assertThat(parts.get("jobs.json")).contains("listSource", "inspectPartition", "COMPLETED");
    assertThat(parts.get("scans.json")).contains(started.at("/id"), "COMPLETED");
    assertThat(parts.get("logs.jsonl")).contains(click.traceId(), "planted line");
    assertThat(parts.get("requests.json")).contains("scans/{id}", "NOT_FOUND");
    assertThat(parts.get("settings.json")).contains("\"DORSAL_SERVICEBUS_CONNECTION\":\"***\"");
    assertThat(parts.get("versions.json")).contains("postgresql", "java");

    // Asking and each link given out stand in the audit log.
    Answer audit = api.get("/admin/audit?resource_id=" + ready.at("/id"), admin);
    assertThat(audit.body().path("items").valueStream().map(e -> e.path("action").asString()))
        .contains("support_bundle.requested", "support_bundle.link_given");
    assertThat(audit.text()).doesNotContain(SECRET);
  }

  /** 40 §10: queue depths, health and metrics snapshot, versions. */
  private static void assertSurroundings(Map<String, String> parts, String owner) {
    JsonNode queues = JsonMapper.shared().readTree(parts.get("queues.json"));
    assertThat(queues.path("queues").valueStream())
        .hasSameSizeAs(QueueSettings.declared())
        .allSatisfy(
            queue -> {
              assertThat(queue.path("queue").asString()).isNotEmpty();
              assertThat(queue.path("depth").isIntegralNumber()).isTrue();
              assertThat(queue.path("deadLetters").isIntegralNumber()).isTrue();
            });
    JsonNode health = JsonMapper.shared().readTree(parts.get("health.json"));
    assertThat(health.at("/ready/status").asString()).isEqualTo("READY");
    for (String check : List.of("database", "schema", "blob_storage", "service_bus")) {
      assertThat(health.at("/ready/checks/" + check).asBoolean()).as(check).isTrue();
    }
    assertThat(health.path("checks").valueStream())
        .anySatisfy(check -> assertThat(check.path("latencyMs").isIntegralNumber()).isTrue());
    assertThat(health.path("instances").valueStream())
        .anySatisfy(instance -> assertThat(instance.path("role").asString()).isEqualTo("worker"));
    String metrics = String.valueOf(parts.get("metrics.txt"));
    assertThat(metrics)
        .containsPattern("dorsal_queue_depth\\{queue=\"scan-requests\"} [0-9]")
        .containsPattern("dorsal_queue_jobs_processed_total\\{queue=\"scan-requests\",[^}]*} [0-9]")
        .containsPattern("dorsal_queue_job_duration_seconds_sum\\{[^}]*} [0-9]");
    assertThat(metrics.lines().filter(line -> line.contains("tenant=\"")))
        .allSatisfy(line -> assertThat(line).contains(owner));
    JsonNode versions = JsonMapper.shared().readTree(parts.get("versions.json"));
    assertThat(versions.path("dorsal").asString()).isEqualTo(Build.current().version());
    assertThat(versions.path("commit").asString()).isEqualTo(Build.current().commit());
    assertThat(versions.at("/database/0/schema").asString()).isNotEmpty();
  }

  @Test
  void bundleIsTheAdministratorsOfItsTenantOnly(ApiStack api) {
    String admin = api.token(tenant, "TENANT_ADMIN");
    String body =
        "{\"from\":\"%s\",\"to\":\"%s\"}"
            .formatted(Instant.now().minus(Duration.ofHours(1)), Instant.now());
    Answer asked = api.post("/admin/support-bundles", admin, body);
    String path = "/admin/support-bundles/" + asked.at("/id");
    String foreign = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    assertThat(api.get(path, foreign).status()).isEqualTo(404);
    assertThat(api.get(path, api.token(tenant, "VIEWER")).status()).isEqualTo(403);
    assertThat(api.post("/admin/support-bundles", api.token(tenant, "VIEWER"), body).status())
        .isEqualTo(403);
    String long_ =
        "{\"from\":\"%s\",\"to\":\"%s\"}"
            .formatted(Instant.now().minus(Duration.ofHours(25)), Instant.now());
    for (String wrong : new String[] {"{}", long_, "{\"trace_id\":\"x\"}"}) {
      Answer refused = api.post("/admin/support-bundles", admin, wrong);
      assertThat(refused.status()).as(wrong).isEqualTo(400);
      assertThat(refused.at("/code")).isEqualTo("VALIDATION_FAILED");
    }
    // The denied attempt is in the audit log, with where it came from.
    Answer audit = api.get("/admin/audit?action=access.denied", admin);
    JsonNode denied = audit.body().path("items").path(0);
    assertThat(denied.path("outcome").asString()).isEqualTo("DENIED");
    assertThat(denied.path("code").asString()).isEqualTo("PERMISSION_DENIED");
    assertThat(denied.path("ip").asString()).isEqualTo("127.0.0.1");
    assertThat(denied.path("actor").path("user_id").asString()).isNotEmpty();
  }

  @Test
  void auditLogIsExportedByAWorkerAndProven(ApiStack api) throws Exception {
    String admin = api.token(tenant, "TENANT_ADMIN");
    api.source(admin, api.archive(5));
    for (String format : new String[] {"CSV", "JSON"}) {
      Answer asked =
          api.post(
              "/admin/audit/exports",
              admin,
              "{\"format\":\"" + format + "\",\"category\":\"ONBOARDING\"}");
      assertThat(asked.status()).as(asked.text()).isEqualTo(202);
      Answer ready = ready(api, admin, asked);
      Map<String, String> parts = parts(download(ready.at("/link")));
      if (format.equals("CSV")) {
        String csv = String.valueOf(parts.get("audit.csv"));
        assertThat(csv.lines()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(csv).startsWith("event_id,ts,").contains("connection.");
      } else {
        assertThat(JsonMapper.shared().readTree(parts.get("audit.json")).size())
            .isGreaterThanOrEqualTo(2);
      }
    }
    Answer proof =
        api.await(
            "sealed",
            () -> {
              Answer now = api.get("/admin/audit/verify", admin);
              return now.at("/batches").equals("0") ? null : now;
            });
    assertThat(proof.at("/intact")).isEqualTo("true");
    assertThat(proof.at("/head/hash")).matches("[0-9a-f]{64}");
    assertThat(api.get("/admin/audit", api.token(tenant, "VIEWER")).status()).isEqualTo(403);
    Answer page = api.get("/admin/audit?limit=1", admin);
    assertThat(page.body().path("items")).hasSize(1);
    Answer next = api.get("/admin/audit?limit=1&cursor=" + page.at("/next_cursor"), admin);
    assertThat(next.at("/items/0/event_id")).isNotEqualTo(page.at("/items/0/event_id"));
  }

  /** As other rooms' code, or another system's text, might come to write it. */
  private static void plant(ApiStack api, String owner, String traceId, String credentials) {
    api.rows(
        """
        insert into log_line (tenant_id, at, level, logger, message, service, instance, trace_id, error)
        values ('%s', now(), 'WARN', 'x', 'planted line sig=%s of %s at %s, %s with %s', 's', 'i', '%s',
          'Authorization: Bearer %s {"latitude":%s,"longitude":%s}')
        """
            .formatted(
                owner,
                SECRET,
                EMAIL,
                LATITUDE,
                LONGITUDE,
                credentials,
                traceId,
                SECRET,
                LATITUDE,
                LONGITUDE));
    api.rows(
        """
        insert into trace_event (tenant_id, trace_id, span_id, kind, name, service, instance,
            started_at, state, links, attributes)
        values ('%s', '%s', 'aaaaaaaaaaaaaaaa', 'STEP', 'planted', 's', 'i', now(), 'OK', '{}',
          '{"email":"%s","latitude":%s,"place":"%s,%s","secret":"%s",
              "said":"%s"}')
        """
            .formatted(owner, traceId, EMAIL, LATITUDE, LATITUDE, LONGITUDE, SECRET, credentials));
  }
}
