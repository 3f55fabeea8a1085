package io.dorsal.functions.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.operations.Metric;
import io.dorsal.operations.PrometheusText;
import io.dorsal.operations.PrometheusText.Family;
import io.dorsal.operations.PrometheusText.Sample;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 40-27: metrics after work of all kinds. */
@ExtendWith(ApiStack.Started.class)
class MetricsIntegrationTests {

  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  @Test
  void everyMetricIsToldByEveryDeployableAndNoLabelIsAnId(ApiStack api) throws Exception {
    String tenant = ApiStack.tenant();
    String admin = api.token(tenant, "TENANT_ADMIN");
    WrittenArchive archive = api.archive(60);
    String source = api.source(admin, archive);
    String soon =
        api.stack()
            .containers()
            .readSas(archive.account_name(), archive.container(), Duration.ofDays(2));
    assertThat(api.post("/connections", admin, ApiStack.connecting("Soon", archive, soon)).status())
        .isEqualTo(201);
    String scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");
    api.awaitScan(admin, scan, "COMPLETED");
    assertThat(api.get("/scans/" + UUID.randomUUID(), admin).status()).isEqualTo(404);
    assertThat(api.call("GET", "/scans", null, null).status()).isEqualTo(401);
    assertThat(api.call("GET", "/scans", "a.b.c", null).status()).isEqualTo(401);

    // An instance tells every 30 s whether it is ready, what was read is believed for ten.
    api.await("all are ready", () -> allReady(api) ? true : null);

    Map<String, Family> functions = metrics(api.stack().api(), api.stack().metricsToken());
    Map<String, Family> worker = metrics(api.stack().internal("worker-1"), null);
    Map<String, Family> edge = metrics(api.stack().internal("edge"), null);

    String[] names = Arrays.stream(Metric.values()).map(Metric::title).toArray(String[]::new);
    for (Map<String, Family> read : List.of(functions, worker, edge)) {
      assertThat(read.keySet()).contains(names);
      assertThat(samples(read, "")).noneMatch(s -> ID.matcher(s.labels().toString()).find());
      assertThat(samples(read, "dorsal_db_pool_connections")).hasSizeGreaterThanOrEqualTo(3);
      assertThat(samples(read, "dorsal_queue_depth"))
          .extracting(sample -> sample.labels().get("queue"))
          .contains("scan-requests", "scan-partitions", "import-requests");
      assertThat(samples(read, "dorsal_scan_partitions")).hasSize(4);
      assertThat(samples(read, "dorsal_ready_instances"))
          .allSatisfy(sample -> assertThat(sample.value()).isPositive())
          .extracting(sample -> sample.labels().get("role"))
          .containsExactlyInAnyOrder("functions", "worker", "edge");
      assertThat(samples(read, "dorsal_connection_secrets_ending"))
          .singleElement()
          .satisfies(sample -> assertThat(sample.value()).isPositive());
    }
    assertThat(samples(functions, "dorsal_http_requests_total"))
        .anyMatch(s -> s.labels().equals(request("POST", "/api/v1/scans", "202")))
        .anyMatch(s -> s.labels().equals(request("GET", "/api/v1/scans/{id}", "404")));
    assertThat(samples(functions, "dorsal_errors_total"))
        .extracting(sample -> sample.labels().get("code"))
        .contains("NOT_FOUND", "AUTH_TOKEN_MISSING", "AUTH_TOKEN_INVALID");
    assertThat(samples(functions, "dorsal_auth_failures_total"))
        .extracting(sample -> sample.labels().get("reason"))
        .contains("MALFORMED", "AUTH_TOKEN_MISSING");
    assertThat(samples(functions, "dorsal_jwks_fetches_total"))
        .anyMatch(s -> "ok".equals(s.labels().get("result")) && s.value() >= 1);
    assertThat(samples(functions, "dorsal_jwks_age_seconds")).hasSize(1);
    assertThat(samples(worker, "dorsal_scan_files_total"))
        .anyMatch(s -> "read".equals(s.labels().get("result")) && s.value() >= 30);
    assertThat(samples(worker, "dorsal_queue_jobs_processed_total"))
        .anyMatch(
            s ->
                s.labels().equals(Map.of("queue", "scan-partitions", "result", "ok"))
                    && s.value() >= 1);
    assertThat(role(functions)).isEqualTo("functions");
    assertThat(role(worker)).isEqualTo("worker");
    assertThat(role(edge)).isEqualTo("edge");
  }

  @Test
  void whoHasNotTheTokenReadsNoMetrics(ApiStack api) {
    assertThat(api.call("GET", "/metrics", null, null).at("/code")).isEqualTo("AUTH_TOKEN_MISSING");
    var wrong = api.call("GET", "/metrics", "not-the-token-of-metrics", null);
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.at("/code")).isEqualTo("AUTH_TOKEN_INVALID");
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    assertThat(api.call("GET", "/metrics", admin, null).status()).isEqualTo(401);
  }

  private static boolean allReady(ApiStack api) throws Exception {
    for (String process : List.of("worker-1", "edge")) {
      var ready = samples(metrics(api.stack().internal(process), null), "dorsal_ready_instances");
      if (ready.size() != 3 || ready.stream().anyMatch(sample -> sample.value() < 1)) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, Family> metrics(String address, @Nullable String token)
      throws Exception {
    var request = HttpRequest.newBuilder(URI.create(address + "/metrics"));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
      return PrometheusText.parse(answer.body());
    }
  }

  /** Of one metric, or of all by the empty name. */
  private static List<Sample> samples(Map<String, Family> read, String name) {
    return read.entrySet().stream()
        .filter(family -> name.isEmpty() || family.getKey().equals(name))
        .flatMap(family -> family.getValue().samples().stream())
        .toList();
  }

  private static @Nullable String role(Map<String, Family> read) {
    return samples(read, "dorsal_info").getFirst().labels().get("role");
  }

  private static Map<String, String> request(String method, String route, String status) {
    return Map.of("method", method, "route", route, "status", status);
  }
}
