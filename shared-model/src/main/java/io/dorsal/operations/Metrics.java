package io.dorsal.operations;

import io.dorsal.problem.Problem;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Counts and measures what happens here. Label values are few: templates, states and codes, never
 * ids of users, devices or files. Cheap, and never throws for what it counts. Thread-safe.
 */
@Component
public class Metrics {

  private static final double[] REQUEST_BOUNDS = {
    .005, .01, .025, .05, .1, .2, .3, .5, 1, 2.5, 5, 10, 30
  };
  private static final double[] WORK_BOUNDS = {
    .05, .1, .5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800
  };

  /** Callers write what they like: each word would be a series of its own. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final TenantLabels tenants = new TenantLabels();
  private final Map<Metric, Counter> counters = new EnumMap<>(Metric.class);
  private final Map<Metric, Histogram> histograms = new EnumMap<>(Metric.class);

  public Metrics(Environment environment) {
    for (Metric metric : Metric.values()) {
      switch (metric.kind()) {
        case COUNTER -> counters.put(metric, counter(metric));
        case HISTOGRAM -> histograms.put(metric, histogram(metric));
        case INFO ->
            Info.builder()
                .name(metric.title())
                .help(metric.help())
                .labelNames(metric.labels().toArray(String[]::new))
                .register(registry)
                .addLabelValues(
                    Build.current().version(), Build.current().commit(), role(environment));
        case GAUGE -> {
          // Read when somebody asks.
        }
      }
    }
  }

  static String role(Environment environment) {
    String name = environment.getProperty("spring.application.name", "dorsal");
    return name.startsWith("dorsal-") ? name.substring("dorsal-".length()) : name;
  }

  private Counter counter(Metric metric) {
    return Counter.builder()
        .name(metric.title())
        .help(metric.help())
        .labelNames(metric.labels().toArray(String[]::new))
        .withoutExemplars()
        .register(registry);
  }

  private Histogram histogram(Metric metric) {
    return Histogram.builder()
        .name(metric.title())
        .help(metric.help())
        .labelNames(metric.labels().toArray(String[]::new))
        .classicOnly()
        .classicUpperBounds(metric == Metric.HTTP_DURATION ? REQUEST_BOUNDS : WORK_BOUNDS)
        .withoutExemplars()
        .register(registry);
  }

  /** One more. */
  public void count(Metric counter, String... labels) {
    add(counter, 1, labels);
  }

  /**
   * So many more.
   *
   * @param labels values in the metric's order
   */
  public void add(Metric counter, double amount, String... labels) {
    Counter counted = counters.get(counter);
    if (counted == null) {
      throw new IllegalArgumentException(counter + " is no counter.");
    }
    if (labels.length == 0) {
      counted.inc(amount);
    } else {
      counted.labelValues(exposed(counter, labels)).inc(amount);
    }
  }

  /** One measurement. */
  public void observe(Metric histogram, Duration duration, String... labels) {
    Histogram measured = histograms.get(histogram);
    if (measured == null) {
      throw new IllegalArgumentException(histogram + " is no histogram.");
    }
    double seconds = duration.toNanos() / 1e9;
    if (labels.length == 0) {
      measured.observe(seconds);
    } else {
      measured.labelValues(exposed(histogram, labels)).observe(seconds);
    }
  }

  private String[] exposed(Metric metric, String... labels) {
    return tenants.of(metric, Arrays.asList(labels)).toArray(String[]::new);
  }

  /**
   * One answered request.
   *
   * @param route the path template, with its prefix
   */
  public void answered(String method, String route, int status, Duration duration) {
    String known = METHODS.contains(method) ? method : "other";
    count(Metric.HTTP_REQUESTS, known, route, String.valueOf(status));
    observe(Metric.HTTP_DURATION, duration, known, route);
  }

  /** One refusal; those of credentials and limits are told apart by what their details say. */
  public void refused(Problem problem, Map<String, ?> details) {
    String code = problem.name();
    count(Metric.ERRORS, code);
    if (code.equals("RATE_LIMITED")) {
      count(Metric.RATE_LIMIT_REJECTIONS, String.valueOf(details.get("dimension")));
    } else if (problem.status() == 401 || code.startsWith("AUTHZ_")) {
      count(Metric.AUTH_FAILURES, details.get("reason") instanceof String reason ? reason : code);
    }
  }

  /**
   * One message handled.
   *
   * @param result {@code ok}, {@code error} or {@code retry}
   */
  public void processed(String queue, String result, Duration duration) {
    count(Metric.QUEUE_JOBS, queue, result);
    observe(Metric.QUEUE_JOB_DURATION, duration, queue);
  }

  /** What was counted here. */
  PrometheusRegistry registry() {
    return registry;
  }

  /** The label values of a sample as they may be exposed. */
  List<String> exposed(Sampler.Sample sample) {
    return tenants.of(sample.metric(), sample.labels());
  }
}
