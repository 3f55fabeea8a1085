package io.dorsal.functions.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobAccessPolicy;
import com.azure.storage.blob.models.BlobSignedIdentifier;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.operations.RequestSample;
import io.dorsal.operations.TraceContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What an operator finds by a trace or a request id. */
@ExtendWith(ApiStack.Started.class)
class TraceIntegrationTests {

  private final String tenant = ApiStack.tenant();

  /** 40-22, with a scan instead of a sync. */
  @Test
  void scanThatTheStoreRefusesIsOneTimelineFromTheClickToAzuresRequestId(ApiStack api) {
    String admin = api.token(tenant, "TENANT_ADMIN");
    WrittenArchive archive = api.archive(20);
    BlobContainerClient container =
        api.stack().container(archive.account_name(), archive.container());
    String source = source(api, admin, archive, sasOfPolicy(container));
    container.setAccessPolicy(null, List.of());

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
    assertThat(started.status()).as(started.text()).isEqualTo(202);
    Answer paused = api.awaitScan(admin, started.at("/id"), "PAUSED_AUTH");
    JsonNode timeline = await(api, admin, click.traceId(), "MESSAGE");

    JsonNode call = hop(timeline, "HTTP");
    assertThat(call.path("name").asString()).isEqualTo("POST scans");
    assertThat(call.path("parent_span_id").asString()).isEqualTo(click.spanId());
    JsonNode outbox = hop(timeline, "OUTBOX");
    JsonNode message = hop(timeline, "MESSAGE");
    JsonNode job = hop(timeline, "JOB");
    JsonNode step = hop(timeline, "STEP");
    JsonNode asked = hop(timeline, "BLOB");
    assertThat(outbox.path("name").asString()).isEqualTo("scan-requests");
    assertThat(below(outbox, call)).isTrue();
    assertThat(below(message, outbox)).isTrue();
    assertThat(below(job, message)).isTrue();
    assertThat(below(step, job)).isTrue();
    assertThat(below(asked, step)).isTrue();
    assertThat(job.path("name").asString()).isEqualTo("listSource");
    assertThat(asked.path("name").asString()).isEqualTo("GET list");
    assertThat(asked.path("code").asString()).isNotEmpty();
    assertThat(asked.path("upstream_request_id").asString()).isNotEmpty();
    assertThat(toldTheStore(api, archive, click.traceId()))
        .contains(click.traceId() + "-" + asked.path("span_id").asString())
        .allMatch(id -> id.matches(click.traceId() + "-[0-9a-f]{16}"));
    for (JsonNode hop : List.of(message, job, step)) {
      assertThat(hop.path("state").asString()).isEqualTo("ERROR");
      assertThat(hop.path("code").asString()).isEqualTo(paused.at("/cause/code"));
      assertThat(hop.path("upstream_request_id").asString())
          .isEqualTo(asked.path("upstream_request_id").asString());
    }
    assertThat(hops(timeline).map(hop -> hop.path("request_id").asString("")))
        .contains(started.headers().get("X-Request-Id"));

    Answer foreign =
        api.get("/admin/traces/" + click.traceId(), api.token(ApiStack.tenant(), "TENANT_ADMIN"));
    assertThat(foreign.status()).isEqualTo(404);
    Answer viewer = api.get("/admin/traces/" + click.traceId(), api.token(tenant, "VIEWER"));
    assertThat(viewer.status()).isEqualTo(403);
  }

  /** The client request ids of this trace that reached the archive's store. */
  private static List<String> toldTheStore(ApiStack api, WrittenArchive archive, String traceId) {
    return api.stack().gateway().log().since(0).entries().stream()
        .filter(entry -> entry.path().contains(archive.container()))
        .map(entry -> String.valueOf(entry.clientRequestId()))
        .filter(id -> id.contains(traceId))
        .toList();
  }

  /** 40-23. */
  @Test
  void requestIsFoundByTheIdThatItsAnswerCarried(ApiStack api) {
    String admin = api.token(tenant, "TENANT_ADMIN");
    Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String given = "toast-" + UUID.randomUUID();
    TraceContext click = TraceContext.start();
    String path = "/scans/" + UUID.randomUUID();
    Answer refused =
        api.call(
            "GET", path, admin, null, "X-Request-Id", given, "traceparent", click.traceparent());
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.headers()).containsEntry("X-Request-Id", given);

    Answer found = lookUp(api, admin, given);
    assertThat(found.at("/method")).isEqualTo("GET");
    assertThat(found.at("/route")).isEqualTo("scans/{id}");
    assertThat(found.at("/status")).isEqualTo("404");
    assertThat(found.at("/code")).isEqualTo("NOT_FOUND");
    assertThat(found.at("/tenant_id")).isNotEmpty();
    assertThat(found.at("/user_id")).isNotEmpty();
    assertThat(found.at("/trace_id")).isEqualTo(click.traceId());
    assertThat(Instant.parse(found.at("/at"))).isBetween(before, Instant.now());
    assertThat(found.at("/at")).endsWith("Z");

    Answer short_ = api.call("GET", path, admin, null, "X-Request-Id", "abc");
    assertThat(short_.headers().get("X-Request-Id")).matches("[0-9a-f-]{36}");
    assertThat(lookUp(api, admin, String.valueOf(short_.headers().get("X-Request-Id"))).status())
        .isEqualTo(200);
    assertThat(api.get("/admin/requests/" + given, api.token(ApiStack.tenant(), "TENANT_ADMIN")))
        .matches(answer -> answer.status() == 404);
  }

  @Test
  void oneInAHundredOfTheRequestsThatWentWellIsKept(ApiStack api) {
    String admin = api.token(tenant, "TENANT_ADMIN");
    String taken = chosen(true);
    String left = chosen(false);
    for (String id : List.of(left, taken)) {
      assertThat(api.call("GET", "/scans", admin, null, "X-Request-Id", id).status())
          .isEqualTo(200);
    }
    assertThat(lookUp(api, admin, taken).at("/status")).isEqualTo("200");
    assertThat(api.get("/admin/requests/" + left, admin).status()).isEqualTo(404);
  }

  private static String chosen(boolean taken) {
    return Stream.generate(() -> "sampled-" + UUID.randomUUID())
        .filter(id -> RequestSample.takes(id) == taken)
        .findFirst()
        .orElseThrow();
  }

  private static Answer lookUp(ApiStack api, String admin, String id) {
    return api.await(
        "request " + id,
        () -> {
          Answer answer = api.get("/admin/requests/" + id, admin);
          return answer.status() == 200 ? answer : null;
        });
  }

  /** The timeline once its last hop of this kind has ended. */
  static JsonNode await(ApiStack api, String admin, String traceId, String kind) {
    return api.await(
        "trace " + traceId,
        () -> {
          Answer answer = api.get("/admin/traces/" + traceId, admin);
          boolean ended =
              answer.status() == 200
                  && hops(answer.body()).anyMatch(hop -> hop.path("kind").asString().equals(kind))
                  && hops(answer.body())
                      .filter(hop -> hop.path("kind").asString().equals(kind))
                      .noneMatch(hop -> hop.path("state").asString().equals("OPEN"));
          return ended ? answer.body() : null;
        });
  }

  static Stream<JsonNode> hops(JsonNode timeline) {
    return timeline.path("hops").valueStream();
  }

  private static JsonNode hop(JsonNode timeline, String kind) {
    return hops(timeline)
        .filter(hop -> hop.path("kind").asString().equals(kind))
        .filter(hop -> !hop.path("name").asString().equals("requests"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " in " + timeline));
  }

  private static boolean below(JsonNode hop, JsonNode parent) {
    return hop.path("parent_span_id").asString("").equals(parent.path("span_id").asString());
  }

  private static String source(ApiStack api, String admin, WrittenArchive archive, String sas) {
    String connection =
        api.post("/connections", admin, ApiStack.connecting("C", archive, sas)).at("/id");
    return api.post(
            "/sources",
            admin,
            "{\"connection_id\":\"%s\",\"name\":\"S\",\"container\":\"%s\"}"
                .formatted(connection, archive.container()))
        .at("/id");
  }

  /** A token that its owner can revoke at once. */
  static String sasOfPolicy(BlobContainerClient container) {
    var policy =
        new BlobAccessPolicy()
            .setStartsOn(OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(15))
            .setExpiresOn(OffsetDateTime.now(ZoneOffset.UTC).plusDays(1))
            .setPermissions("rl");
    container.setAccessPolicy(
        null, List.of(new BlobSignedIdentifier().setId("archive").setAccessPolicy(policy)));
    return container.generateSas(new BlobServiceSasSignatureValues("archive"));
  }
}
