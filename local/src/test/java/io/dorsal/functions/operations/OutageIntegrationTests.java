package io.dorsal.functions.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.SecondHost;
import io.dorsal.local.ServersForTests;
import io.dorsal.local.oidc.UnrulyProvider;
import io.dorsal.local.process.FileTrees;
import io.dorsal.local.process.Signal;
import io.dorsal.local.process.SupervisedProcess;
import io.dorsal.local.stack.LocalStack;
import io.dorsal.local.storage.StorageAccounts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** 40-26: what is told while a part is really down, and that all comes back with it. */
@SuppressWarnings("NullAway.Init")
class OutageIntegrationTests {

  private static final Duration LEAVING = Duration.ofSeconds(4);

  private static Path directory;
  private static LocalStack stack;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    directory = Files.createTempDirectory("dorsal-outage");
    stack =
        LocalStack.start(
            ServersForTests.stack(directory)
                .withEdge()
                .withSettings(Map.of("DORSAL_NOT_READY", LEAVING.toSeconds() + "s")),
            step -> {});
  }

  @AfterAll
  static void end() throws IOException {
    stack.close();
    FileTrees.delete(directory);
  }

  /** Of each kind of deployable one. */
  private static List<String> instances() {
    return List.of(stack.api(), stack.internal("edge"), stack.internal("worker-1"));
  }

  @Test
  void withoutTheDatabaseNothingIsReadyAndTheApiSaysTryAgain() throws Exception {
    awaitReady();
    String token = stack.token("outage", "TENANT_ADMIN");
    assertThat(get(stack.api() + "/api/v1/scans", token).statusCode()).isEqualTo(200);
    SupervisedProcess postgres = postgres();

    postgres.killAndHold();
    try {
      for (String instance : instances()) {
        assertThat(get(instance + "/health", null).statusCode()).as(instance).isEqualTo(200);
        JsonNode ready = notReady(instance);
        assertThat(ready.at("/checks/database").asBoolean()).as("%s", ready).isFalse();
        assertThat(ready.at("/checks/service_bus").asBoolean()).as("%s", ready).isTrue();
        assertThat(ready.at("/checks/blob_storage").asBoolean()).as("%s", ready).isTrue();
      }
      var answer = get(stack.api() + "/api/v1/scans", token);
      JsonNode problem = JsonMapper.shared().readTree(answer.body());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      assertThat(problem.path("code").asString()).isEqualTo("SERVICE_UNAVAILABLE");
      assertThat(problem.path("retryable").asBoolean()).isTrue();
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.body()).doesNotContain("127.0.0.1", "Hikari", "jdbc");
    } finally {
      postgres.start();
    }
    awaitReady();
    assertThat(get(stack.api() + "/api/v1/scans", token).statusCode()).isEqualTo(200);
  }

  @Test
  void withoutServiceBusNothingIsReadyThoughTheDatabaseIsThere() throws Exception {
    awaitReady();
    SupervisedProcess bus = stack.process("servicebus");

    bus.killAndHold();
    try {
      for (String instance : instances()) {
        JsonNode ready = notReady(instance);
        assertThat(ready.at("/checks/service_bus").asBoolean()).as("%s", ready).isFalse();
        assertThat(ready.at("/checks/database").asBoolean()).as("%s", ready).isTrue();
      }
    } finally {
      bus.start();
    }
    awaitReady();
  }

  /** Load balancers see it leave before it closes; what it serves meanwhile is not cut. */
  @Test
  void edgeThatStopsSaysNotReadyAndServesOnForAWhile() throws Exception {
    awaitReady();
    String edge = stack.internal("edge");
    SupervisedProcess process = stack.process("edge");
    int starts = process.restarts();
    process.signal(Signal.TERM);
    long begin = System.nanoTime();

    JsonNode ready = notReady(edge);
    assertThat(ready.path("checks").values()).as("%s", ready).allMatch(JsonNode::booleanValue);
    assertThat(get(edge + "/health", null).statusCode()).isEqualTo(200);
    assertThat(get(stack.api() + "/api/v1/scans/x/events", null).statusCode()).isEqualTo(401);
    while (process.restarts() == starts) {
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
      Thread.sleep(50);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(LEAVING);
    awaitReady();
  }

  /** 40-11: what machines do goes on, and a key set that is held serves on. */
  @Test
  void silentProviderLeavesAWarmInstanceReadyAndDegradesAFreshOne() throws Exception {
    try (var provider = UnrulyProvider.start();
        SecondHost warm = hostOf(provider)) {
      awaitStatus(warm, "READY", true);
      provider.goAway();
      // Long enough for the set to be due and for the last answer to be forgotten.
      Thread.sleep(Duration.ofSeconds(31));
      awaitStatus(warm, "READY", true);
      try (SecondHost fresh = hostOf(provider)) {
        awaitStatus(fresh, "DEGRADED", false);
        provider.comeBack();
        awaitStatus(fresh, "READY", true);
      }
    }
  }

  private static SecondHost hostOf(UnrulyProvider provider) throws InterruptedException {
    return SecondHost.beside(
        stack,
        Map.of(
            "DORSAL_OIDC_URL", provider.address(),
            "DORSAL_JWKS_CACHE_SECONDS", "30",
            "DORSAL_STORE_ENDPOINT", stack.containers().endpoint(StorageAccounts.STORE),
            "DORSAL_STORE_KEY", storeKey()));
  }

  private static String storeKey() {
    String text = stack.containers().connectionString(StorageAccounts.STORE);
    return text.replaceFirst(".*AccountKey=([^;]+).*", "$1");
  }

  /** 200 with this status; a cold instance has a few seconds. */
  private static void awaitStatus(SecondHost host, String status, boolean identity)
      throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    var answer = get(host.address() + "/ready", null);
    while (!answer.body().contains("\"" + status + "\"") && System.nanoTime() < end) {
      Thread.sleep(500);
      answer = get(host.address() + "/ready", null);
    }
    JsonNode body = JsonMapper.shared().readTree(answer.body());
    assertThat(answer.statusCode()).as("%s", body).isEqualTo(200);
    assertThat(body.path("status").asString()).as("%s", body).isEqualTo(status);
    assertThat(body.at("/checks/identity").asBoolean()).as("%s", body).isEqualTo(identity);
  }

  private static SupervisedProcess postgres() {
    return stack.process("postgres");
  }

  /** A check remembers its answer for two seconds. */
  private static JsonNode notReady(String instance) throws Exception {
    Thread.sleep(Duration.ofMillis(2_100));
    var answer = get(instance + "/ready", null);
    JsonNode body = JsonMapper.shared().readTree(answer.body());
    assertThat(answer.statusCode()).as("%s %s", instance, body).isEqualTo(503);
    assertThat(body.path("status").asString()).isEqualTo("NOT_READY");
    return body;
  }

  private static void awaitReady() throws Exception {
    for (String instance : instances()) {
      long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
      Optional<HttpResponse<String>> answer = answer(instance + "/api/v1/ready");
      while (answer.filter(it -> it.statusCode() == 200).isEmpty() && System.nanoTime() < end) {
        Thread.sleep(500);
        answer = answer(instance + "/ready");
      }
      JsonNode body = JsonMapper.shared().readTree(answer.orElseThrow().body());
      assertThat(body.path("status").asString()).as("%s %s", instance, body).isEqualTo("READY");
      assertThat(body.path("checks").propertyNames())
          .containsExactly("database", "schema", "blob_storage", "service_bus", "identity");
      assertThat(body.path("cluster_id").asString()).hasSize(36);
      assertThat(body.path("instance").asString()).isIn("functions", "edge", "worker-1");
    }
  }

  /** Empty where nobody listens, as while a process starts again. */
  private static Optional<HttpResponse<String>> answer(String url) throws Exception {
    try {
      return Optional.of(get(url, null));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static HttpResponse<String> get(String url, @Nullable String token) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(60));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
