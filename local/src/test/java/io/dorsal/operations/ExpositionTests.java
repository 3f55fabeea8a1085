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
