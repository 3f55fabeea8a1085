package io.dorsal.functions.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.local.stack.TimersNow;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Issue 4: what runs, where, since when, how far, the last checkpoint, and a worker that is lost.
 */
@ExtendWith(ApiStack.Started.class)
class JobsIntegrationTests {

  @Test
  void aJobTellsItsWorkerAndIsLostWithoutAHeartbeat(ApiStack api) {
    String tenant = ApiStack.tenant();
    String admin = api.token(tenant, "TENANT_ADMIN");
    String source = api.source(admin, api.archive(40));
    api.stack().stop("worker-1");
    String scan;
    try {
      scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");
      JsonNode queued = job(api, admin, scan);
      assertThat(queued.path("kind").asString()).isEqualTo("LIST");
      assertThat(queued.path("state").asString()).isEqualTo("QUEUED");
      assertThat(queued.path("source").asString()).isEqualTo("S");
      assertThat(queued.path("worker").isNull()).isTrue();
      assertThat(queued.path("trace_id").asString()).hasSize(32);

      // As a worker leaves it that died two minutes ago.
      api.rows(
          "insert into lease (resource, subject, holder, epoch, heartbeat_at) values ('scan/%s',"
                  .formatted(scan)
              + "'%s', 'worker-9/x', 1, now() - interval '2 minutes')".formatted(scan));
      JsonNode lost = job(api, admin, scan);
      assertThat(lost.path("state").asString()).isEqualTo("LOST");
      assertThat(lost.path("worker").asString()).isEqualTo("worker-9");
      api.rows("update lease set heartbeat_at = now() where resource = 'scan/" + scan + "'");
      assertThat(job(api, admin, scan).path("state").asString()).isEqualTo("ACTIVE");
      api.rows("delete from lease where resource = 'scan/" + scan + "'");

      String other = api.token(ApiStack.tenant(), "TENANT_ADMIN");
      assertThat(api.get("/admin/jobs", other).body().path("items")).isEmpty();
      assertThat(api.get("/admin/jobs/" + scan, other).status()).isEqualTo(404);
      String viewer = api.token(tenant, "VIEWER");
      assertThat(api.get("/admin/jobs", viewer).at("/code")).isEqualTo("PERMISSION_DENIED");
    } finally {
      api.stack().cont("worker-1");
    }
    api.awaitScan(admin, scan, "COMPLETED");
    assertThat(api.get("/admin/jobs/" + scan, admin).status()).isEqualTo(404);
    assertThat(api.get("/admin/jobs/" + UUID.randomUUID(), admin).status()).isEqualTo(404);
    assertThat(api.get("/admin/jobs/x", admin).status()).isEqualTo(404);
  }

  @Test
  void exportsAndBundlesAreJobsFromTheirRequestToTheirEnd(ApiStack api) {
    String tenant = ApiStack.tenant();
    String admin = api.token(tenant, "TENANT_ADMIN");
    api.stack().stop("worker-1");
    Answer export;
    try {
      export = api.post("/admin/audit/exports", admin, "{\"format\":\"CSV\"}");
      JsonNode queued = only(api, admin, "AUDIT_EXPORT");
      assertThat(queued.path("id").asString()).isEqualTo(export.at("/id"));
      assertThat(queued.path("state").asString()).isEqualTo("QUEUED");
      assertThat(queued.path("unit").asString()).isEqualTo("ENTRIES");
      assertThat(queued.path("worker").isNull()).isTrue();
      assertThat(queued.path("trace_id").asString()).hasSize(32);

      left(api, "AUDIT_EXPORT", export.at("/id"), tenant);
      JsonNode lost = only(api, admin, "AUDIT_EXPORT");
      assertThat(lost.path("state").asString()).isEqualTo("LOST");
      assertThat(lost.path("worker").asString()).isEqualTo("worker-9");
      assertThat(lost.path("done").asLong()).isEqualTo(5_000);
      assertThat(Instant.parse(lost.path("since").asString())).isBefore(Instant.now());
      assertThat(Instant.parse(lost.path("checkpoint_at").asString())).isBefore(Instant.now());
      JsonNode one = api.get("/admin/jobs/" + export.at("/id"), admin).body();
      assertThat(one.path("job")).isEqualTo(lost);
      assertThat(one.path("attempts")).isEmpty();
      api.rows(
          "update running_task set heartbeat_at = now() where id = '" + export.at("/id") + "'");
      assertThat(only(api, admin, "AUDIT_EXPORT").path("state").asString()).isEqualTo("ACTIVE");

      String other = api.token(ApiStack.tenant(), "TENANT_ADMIN");
      assertThat(api.get("/admin/jobs", other).body().path("items")).isEmpty();
      assertThat(api.get("/admin/jobs/" + export.at("/id"), other).status()).isEqualTo(404);
    } finally {
      api.stack().cont("worker-1");
    }
    // Who takes over shows itself, and is shown no more once it is done.
    ParcelsForTests.ready(api, admin, export);
    gone(api, "AUDIT_EXPORT", export.at("/id"));
    Answer bundle = api.post("/admin/support-bundles", admin, "{\"request_id\":\"jobs.12345\"}");
    left(api, "SUPPORT_BUNDLE", bundle.at("/id"), tenant);
    ParcelsForTests.ready(api, admin, bundle);
    gone(api, "SUPPORT_BUNDLE", bundle.at("/id"));
  }

  @Test
  void checksNamesOfScansAndKeysAreJobs(ApiStack api) throws Exception {
    String tenant = ApiStack.tenant();
    String admin = api.token(tenant, "TENANT_ADMIN");
    String source = api.source(admin, api.archive(4));
    String connection = api.get("/sources/" + source, admin).at("/connection_id");
    left(api, "CONNECTION_CHECK", connection, tenant);
    left(api, "KEY_REWRAP", NOBODY, NOBODY);
    assertThat(only(api, admin, "CONNECTION_CHECK").path("state").asString()).isEqualTo("LOST");
    // What is the platform's is shown to who runs it, and to nobody else.
    assertThat(listed(api, admin, "KEY_REWRAP")).isEmpty();
    assertThat(api.get("/admin/jobs/" + NOBODY, admin).status()).isEqualTo(404);
    JsonNode platforms = only(api, api.token("operators", "OPERATOR"), "KEY_REWRAP");
    assertThat(platforms.path("state").asString()).isEqualTo("LOST");
    assertThat(platforms.path("tenant_id").asString()).isEqualTo(NOBODY);

    assertThat(api.post("/connections/" + connection + "/doctor", admin, null).status())
        .isEqualTo(200);
    gone(api, "CONNECTION_CHECK", connection);
    TimersNow.run(api.stack().api(), "RewrapKeys");
    gone(api, "KEY_REWRAP", NOBODY);

    String scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");
    left(api, "PATTERNS", scan, tenant);
    JsonNode patterns = only(api, admin, "PATTERNS");
    assertThat(patterns.path("id").asString()).isEqualTo(scan + ".patterns");
    assertThat(patterns.path("scan_id").asString()).isEqualTo(scan);
    api.awaitScan(admin, scan, "COMPLETED");
    gone(api, "PATTERNS", scan);
  }

  private static final String NOBODY = new UUID(0, 0).toString();

  /** As a process leaves it that died two minutes ago. */
  private static void left(ApiStack api, String kind, String id, String tenant) {
    UUID of = tenant.equals(NOBODY) ? new UUID(0, 0) : TokenRequest.tenantId(tenant);
    api.rows(
        """
        insert into running_task (kind, id, of_tenant, start, worker, since, heartbeat_at,
            checkpoint_at, done, trace_id)
        values ('%s', '%s', '%s', uuidv7(), 'worker-9', now() - interval '3 minutes',
            now() - interval '2 minutes', now() - interval '2 minutes', 5000, '')
        on conflict (kind, id) do nothing
        """
            .formatted(kind, id, of));
  }

  private static void gone(ApiStack api, String kind, String id) {
    String row = "select 1 from running_task where kind = '%s' and id = '%s'".formatted(kind, id);
    api.await(kind + " is done", () -> api.rows(row).isEmpty() ? true : null);
  }

  private static List<JsonNode> listed(ApiStack api, String token, String kind) {
    return api.get("/admin/jobs?limit=200", token)
        .body()
        .path("items")
        .valueStream()
        .filter(job -> job.path("kind").asString().equals(kind))
        .toList();
  }

  private static JsonNode only(ApiStack api, String token, String kind) {
    List<JsonNode> jobs = listed(api, token, kind);
    assertThat(jobs).hasSize(1);
    return jobs.getFirst();
  }

  @Test
  void healthForPeopleNamesChecksQueuesAndInstances(ApiStack api) {
    String tenant = ApiStack.tenant();
    JsonNode health = api.get("/admin/health", api.token(tenant, "TENANT_ADMIN")).body();

    assertThat(health.at("/checks/0/name").asString()).isEqualTo("database");
    assertThat(health.at("/checks/0/latency_ms").isNumber()).isTrue();
    assertThat(health.path("queues")).isNotEmpty();
    assertThat(health.path("instances").findValuesAsString("role"))
        .contains("functions", "worker", "edge");
    assertThat(api.get("/admin/health", api.token(tenant, "VIEWER")).status()).isEqualTo(403);
  }

  private static JsonNode job(ApiStack api, String token, String scan) {
    JsonNode listed = api.get("/admin/jobs", token).body().at("/items/0");
    JsonNode one = api.get("/admin/jobs/" + scan, token).body();
    assertThat(one.path("job")).isEqualTo(listed);
    assertThat(one.path("attempts").isArray()).isTrue();
    return listed;
  }
}
