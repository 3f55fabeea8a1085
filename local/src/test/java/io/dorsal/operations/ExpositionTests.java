package io.dorsal.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.access.AccessProblem;
import io.dorsal.operations.PrometheusText.Family;
import io.dorsal.operations.PrometheusText.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.env.StandardEnvironment;

/** 40-27: what stands in {@code /metrics}. */
class ExpositionTests {

  /** 40 section 11 as it stands there: name, type, labels. */
  private static final String SPECIFIED =
      """
      dorsal_info gauge version,commit,role
      dorsal_http_requests_total counter method,route,status
      dorsal_http_request_duration_seconds histogram method,route
      dorsal_errors_total counter code
      dorsal_rate_limit_rejections_total counter dimension
      dorsal_auth_failures_total counter reason
      dorsal_jwks_fetches_total counter issuer,result
      dorsal_jwks_age_seconds gauge issuer
      dorsal_drive_changes_fetched_total counter
      dorsal_drive_conflicts_total counter strategy
      dorsal_drive_cursor_lag_seconds gauge stat
      dorsal_drive_sequencer_lag_seconds gauge
      dorsal_drive_websocket_connections gauge endpoint
      dorsal_drive_websocket_closes_total counter code
      dorsal_uploads_bytes_total counter tenant,protocol
      dorsal_downloads_bytes_total counter tenant,protocol
      dorsal_upload_sessions gauge state
      dorsal_chunks_stored_total counter tenant
      dorsal_chunks_deduplicated_total counter tenant
      dorsal_chunk_write_duration_seconds histogram
      dorsal_chunk_verification_failures_total counter
      dorsal_storage_bytes gauge tenant,type
      dorsal_queue_depth gauge queue
      dorsal_queue_oldest_age_seconds gauge queue
      dorsal_queue_dead_letters gauge queue
      dorsal_queue_jobs_processed_total counter queue,result
      dorsal_queue_job_duration_seconds histogram task
      dorsal_search_segments_indexed_total counter
      dorsal_search_pending gauge
      dorsal_search_embedding_duration_seconds histogram provider
      dorsal_search_provider_up gauge provider
      dorsal_connector_runs_total counter kind,result
      dorsal_connector_item_errors_total counter kind,code
      dorsal_quota_used_ratio gauge tenant
      dorsal_quota_rejections_total counter level
      dorsal_scan_files_total counter result
      dorsal_scan_partitions gauge state
      dorsal_sync_images_total counter outcome
      dorsal_sync_retries_total counter cause
      dorsal_sync_copied_bytes_total counter
      dorsal_ml_images_total counter phase,result
      dorsal_exports_total counter state
      dorsal_webhook_deliveries_total counter result
      dorsal_webhook_backlog gauge
      dorsal_db_pool_connections gauge state
      dorsal_db_oldest_transaction_seconds gauge
      """;

  private final Metrics metrics = new Metrics(new StandardEnvironment());
  private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

  @Test
  void everyMetricIsThereWithItsTypeAlsoWithoutSamples() {
    Map<String, Family> read = read();

    assertThat(read.keySet())
        .containsExactlyInAnyOrder(
            java.util.Arrays.stream(Metric.values()).map(Metric::title).toArray(String[]::new));
    for (Metric metric : Metric.values()) {
      assertThat(family(read, metric.title()).type()).as(metric.title()).isEqualTo(metric.type());
    }
    assertThat(family(read, "dorsal_info").samples())
        .singleElement()
        .satisfies(one -> assertThat(one.labels()).containsOnlyKeys("version", "commit", "role"));
  }

  @Test
  void everyMetricOfTheSpecificationIsThereAsItStandsThere() {
    Map<String, Family> read = read();
    List<String> there =
        java.util.Arrays.stream(Metric.values())
            .map(
                metric ->
                    "%s %s %s"
                        .formatted(
                            metric.title(),
                            family(read, metric.title()).type(),
                            String.join(",", metric.labels()))
                        .strip())
            .toList();

    assertThat(there).containsAll(SPECIFIED.lines().toList());
  }

  @Test
  void theFiveHundredAndFirstTenantIsCountedAsOther() {
    for (int tenant = 1; tenant <= 502; tenant++) {
      metrics.add(Metric.UPLOADED, 10, "tenant-" + tenant, "chunks");
    }
    metrics.add(Metric.UPLOADED, 1, "tenant-500", "chunks");

    List<Sample> samples = family(read(), "dorsal_uploads_bytes_total").samples();

    assertThat(samples).hasSize(501);
    assertThat(value(samples, "tenant-500")).isEqualTo(11);
    assertThat(value(samples, "other")).isEqualTo(20);
  }

  @Test
  void requestsAndRefusalsAreCountedByTemplateCodeAndReason() {
    metrics.answered("GET", "/api/v1/scans/{id}", 404, Duration.ofMillis(20));
    metrics.answered("GET", "/api/v1/scans/{id}", 404, Duration.ofMillis(400));
    metrics.refused(AccessProblem.AUTH_TOKEN_INVALID, Map.of("reason", "EXPIRED"));

    Map<String, Family> read = read();

    assertThat(family(read, "dorsal_http_requests_total").samples())
        .containsExactly(
            new Sample(
                "dorsal_http_requests_total",
                Map.of("method", "GET", "route", "/api/v1/scans/{id}", "status", "404"),
                2));
    assertThat(family(read, "dorsal_http_request_duration_seconds").samples())
        .anyMatch(s -> "0.3".equals(s.labels().get("le")) && s.value() == 1)
        .anyMatch(s -> "+Inf".equals(s.labels().get("le")) && s.value() == 2);
    assertThat(family(read, "dorsal_errors_total").samples())
        .extracting(Sample::labels)
        .containsExactly(Map.of("code", "AUTH_TOKEN_INVALID"));
    assertThat(family(read, "dorsal_auth_failures_total").samples())
        .extracting(Sample::labels)
        .containsExactly(Map.of("reason", "EXPIRED"));
  }

  @Test
  void counterWithoutLabelsThatASamplerCountsIsToldOnce() {
    Sampler sampler = () -> List.of(Sampler.Sample.of(Metric.RATE_LIMIT_UNCOUNTED, 3));
    beans.registerSingleton("limits", sampler);

    assertThat(family(read(), "dorsal_rate_limit_uncounted_total").samples())
        .singleElement()
        .satisfies(one -> assertThat(one.value()).isEqualTo(3));
  }

  @Test
  void whatCallersInventAsAMethodIsOneSeries() {
    metrics.answered("INVENTED-1", "{*path}", 404, Duration.ofMillis(1));
    metrics.answered("INVENTED-2", "{*path}", 404, Duration.ofMillis(1));

    assertThat(family(read(), "dorsal_http_requests_total").samples())
        .containsExactly(
            new Sample(
                "dorsal_http_requests_total",
                Map.of("method", "other", "route", "{*path}", "status", "404"),
                2));
  }

  @Test
  void samplersAreAskedTogetherAndAFailureCostsOnlyItsOwn() {
    Sampler broken =
        () -> {
          throw new IllegalStateException("no");
        };
    Sampler good = () -> List.of(Sampler.Sample.of(Metric.QUEUE_DEPTH, 3, "scan-requests"));
    beans.registerSingleton("broken", broken);
    beans.registerSingleton("good", good);

    Map<String, Family> read = read();

    assertThat(family(read, "dorsal_queue_depth").samples())
        .containsExactly(new Sample("dorsal_queue_depth", Map.of("queue", "scan-requests"), 3));
  }

  @Test
  void theReaderRefusesWhatIsNoPrometheusText() {
    for (String wrong :
        List.of(
            "a 1",
            "a 1\n",
            "# TYPE a counter\na{b=\"c} 1\n",
            "# TYPE a counter\na 1\na 1\n",
            "# TYPE a counter\n# TYPE a counter\n",
            "# TYPE a counter\na one\n")) {
      assertThatThrownBy(() -> PrometheusText.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private Map<String, Family> read() {
    return PrometheusText.parse(
        new Exposition(metrics, beans.getBeanProvider(Sampler.class)).text());
  }

  private static Family family(Map<String, Family> read, String name) {
    return Objects.requireNonNull(read.get(name), name);
  }

  private static double value(List<Sample> samples, String tenant) {
    return samples.stream()
        .filter(sample -> tenant.equals(sample.labels().get("tenant")))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
