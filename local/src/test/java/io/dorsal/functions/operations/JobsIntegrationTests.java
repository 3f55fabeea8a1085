package io.dorsal.functions.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
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
