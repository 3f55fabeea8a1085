package io.dorsal.jobs.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.local.oidc.TokenRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** Server-sent events of a scan, read through the one address of the API. */
@ExtendWith(ApiStack.Started.class)
class ScanStreamIntegrationTests {

  /** One event as a browser would see it. */
  private record Message(String id, String name, String data) {}

  @Test
  void aStreamTellsEachStateOnceAndGoesOnWhereItWasLeft(ApiStack api) throws Exception {
    String tenant = ApiStack.tenant();
    String admin = api.token(tenant, "TENANT_ADMIN");
    String viewer = api.token(tenant, "VIEWER");
    String source = api.source(admin, api.archive(60));
    // Nobody lists yet, so the stream is open before anything happens.
    api.stack().stop("worker-1");
    String scan;
    Message first;
    try {
      scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");
      try (InputStream stream = open(api, scan, viewer, null).body()) {
        var reader = reader(stream);
        assertThat(reader.readLine()).isEqualTo("retry: 3000");
        first = next(reader);
        assertThat(first.name()).isEqualTo("scan.requested");
        var told = JsonMapper.shared().readTree(first.data());
        assertThat(told.propertyNames())
            .containsExactly("name", "tenant_id", "id", "from", "to", "at", "trace_id");
        assertThat(told.path("id").asString()).isEqualTo(scan);
        assertThat(told.path("from").isNull()).isTrue();
        assertThat(told.path("to").asString()).isEqualTo("REQUESTED");
        Message progress = next(reader);
        assertThat(progress.name()).isEqualTo("progress");
        assertThat(progress.id()).isEmpty();
        assertThat(progress.data()).contains("\"phase\":\"QUEUED\"");
      }
    } finally {
      api.stack().cont("worker-1");
    }

    // The first connection is gone; a new one goes on behind the event it had seen.
    List<Message> rest = new ArrayList<>();
    try (InputStream stream = open(api, scan, viewer, first.id()).body()) {
      var reader = reader(stream);
      for (Message each = nextOrEnd(reader); each != null; each = nextOrEnd(reader)) {
        rest.add(each);
      }
    }
    assertThat(rest)
        .filteredOn(message -> !message.name().equals("progress"))
        .extracting(Message::name)
        .containsExactly("scan.listing", "scan.inspecting", "scan.finished");
    assertThat(rest.getLast().data()).contains("\"phase\":\"DONE\"");
    String last = rest.stream().filter(message -> !message.id().isEmpty()).toList().getLast().id();
    assertThat(open(api, scan, viewer, last).statusCode()).isEqualTo(204);
    assertThat(api.get("/scans/" + scan, viewer).at("/state")).isEqualTo("COMPLETED");
  }

  @Test
  void silenceHasHeartbeatsAndAClientThatIsGoneIsNoticed(ApiStack api) throws Exception {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String source = api.source(admin, api.archive(5));
    api.stack().stop("worker-1");
    try {
      String scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");
      try (InputStream leaving = open(api, scan, admin, null).body()) {
        assertThat(next(reader(leaving)).name()).isEqualTo("scan.requested");
      }
      try (InputStream stream = open(api, scan, admin, null).body()) {
        var reader = reader(stream);
        List<String> lines = new ArrayList<>();
        while (lines.stream().filter(line -> line.startsWith(":")).count() < 2) {
          lines.add(Objects.requireNonNull(reader.readLine()));
        }
        // Nothing changes while the only worker is frozen.
        assertThat(lines).filteredOn(line -> line.equals("event: progress")).hasSize(1);
        api.call("POST", "/scans/" + scan + "/cancel", admin, null);
        assertThat(reader.lines().toList()).contains("event: scan.finished");
      }
      String gone = "The client of /api/v1/scans/" + scan + "/events is gone";
      api.await(
          "the first client is missed",
          () -> api.stack().tail("edge", 200).contains(gone) ? true : null);
    } finally {
      api.stack().cont("worker-1");
    }
  }

  // 40-6, for streams
  @Test
  void streamEndsOnceItsUserIsKeptOut(ApiStack api) throws Exception {
    String tenant = ApiStack.tenant();
    String admin = api.token(tenant, "TENANT_ADMIN");
    String viewer = api.token(tenant, "VIEWER");
    String id = api.get("/me", viewer).at("/id");
    String source = api.source(admin, api.archive(5));
    api.stack().stop("worker-1");
    try {
      String scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");
      try (InputStream stream = open(api, scan, viewer, null).body()) {
        assertThat(stream.read()).isPositive();
        api.post("/admin/users/" + id + "/deactivate", admin, "{}");
        long begin = System.nanoTime();
        stream.readAllBytes();
        assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
      }
      assertThat(refusal(open(api, scan, viewer, null)).path("code").asString())
          .isEqualTo("AUTHZ_USER_SUSPENDED");
    } finally {
      api.stack().cont("worker-1");
    }
  }

  @Test
  void whoMayNotSeeTheScanIsToldAsEverywhere(ApiStack api) throws Exception {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String stranger = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String source = api.source(admin, api.archive(5));
    String scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");

    assertThat(refusal(open(api, scan, stranger, null)).path("code").asString())
        .isEqualTo("NOT_FOUND");
    assertThat(refusal(open(api, "nonsense", admin, null)).path("code").asString())
        .isEqualTo("NOT_FOUND");
    var nobody = open(api, scan, "no-token", null);
    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(nobody.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    var body = refusal(nobody);
    assertThat(body.path("code").asString()).isEqualTo("AUTH_TOKEN_INVALID");
    assertThat(body.propertyNames())
        .containsExactly(
            "type",
            "title",
            "status",
            "detail",
            "instance",
            "code",
            "trace_id",
            "request_id",
            "retryable",
            "fix",
            "details");
  }

  /** 40-23 and 40 §10 and §12, at the edge. */
  @Test
  void callsToTheEdgeAreFoundAsThoseToFunctionsAre(ApiStack api) throws Exception {
    String tenant = ApiStack.tenant();
    String admin = api.token(tenant, "TENANT_ADMIN");
    String narrow =
        api.stack().tokens().mint(TokenRequest.user(tenant, "x").with("scope", "files:read"));
    String scan =
        api.post("/scans", admin, "{\"source_id\":\"" + source(api, admin) + "\"}").at("/id");

    var refused = open(api, scan, narrow, null);
    assertThat(refused.statusCode()).isEqualTo(403);
    String id = refused.headers().firstValue("X-Request-Id").orElseThrow();
    assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-7.*");
    assertThat(refusal(refused).path("request_id").asString()).isEqualTo(id);
    var kept =
        api.await(
            "the request",
            () -> {
              var now = api.get("/admin/requests/" + id, admin);
              return now.status() == 200 ? now : null;
            });
    assertThat(kept.at("/route")).isEqualTo("scans/{id}/events");
    assertThat(kept.at("/code")).isEqualTo("SCOPE_MISSING");
    assertThat(kept.at("/service")).contains("edge");
    var timeline =
        api.await(
            "the hop",
            () -> {
              var now = api.get("/admin/traces/" + kept.at("/trace_id"), admin);
              return now.status() == 200 ? now : null;
            });
    assertThat(timeline.at("/hops/0/kind")).isEqualTo("HTTP");
    assertThat(timeline.at("/hops/0/name")).isEqualTo("GET scans/{id}/events");
    assertThat(timeline.at("/hops/0/code")).isEqualTo("SCOPE_MISSING");
    var audit = api.get("/admin/audit?action=access.denied", admin);
    assertThat(audit.at("/items/0/request_id")).isEqualTo(id);
    assertThat(audit.at("/items/0/resource/name")).isEqualTo("GET scans/{id}/events");
    assertThat(audit.at("/items/0/ip")).isEqualTo("127.0.0.1");
    assertThat(audit.at("/items/0/user_agent")).isNotEmpty();
    assertThat(api.stack().tail("edge", 50)).contains("\"route\":\"scans/{id}/events\"");
  }

  private static String source(ApiStack api, String admin) {
    return api.source(admin, api.archive(5));
  }

  private static tools.jackson.databind.JsonNode refusal(HttpResponse<InputStream> answer)
      throws IOException {
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    try (InputStream body = answer.body()) {
      return JsonMapper.shared().readTree(body);
    }
  }

  private static HttpResponse<InputStream> open(
      ApiStack api, String scan, String token, @Nullable String lastSeen) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(api.stack().api() + "/api/v1/scans/" + scan + "/events"))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "text/event-stream");
    if (lastSeen != null) {
      request.header("Last-Event-ID", lastSeen);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
  }

  private static BufferedReader reader(InputStream stream) {
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  private static Message next(BufferedReader reader) throws IOException {
    return Objects.requireNonNull(nextOrEnd(reader), "the stream has ended");
  }

  /** The next event; null at the end of the stream. */
  private static @Nullable Message nextOrEnd(BufferedReader reader) throws IOException {
    String id = "";
    String name = "";
    String data = "";
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        name = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data = line.substring(6);
      } else if (line.isEmpty() && !name.isEmpty()) {
        return new Message(id, name, data);
      }
    }
    return null;
  }
}
