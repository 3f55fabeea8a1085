package io.dorsal.operations;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * All metrics in Prometheus' text form, version 0.0.4: what was counted, what samplers read, and
 * the bare declaration of what has no samples. Thread-safe.
 */
@Component
public class Exposition {

  /** The {@code Content-Type} of the text. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final Logger log = LoggerFactory.getLogger(Exposition.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration REMEMBERED = Duration.ofSeconds(10);

  private final Metrics metrics;
  private final List<Sampler> samplers;
  private List<Sampler.Sample> last = List.of();
  private long sampledAt = System.nanoTime() - REMEMBERED.toNanos() - 1;

  Exposition(Metrics metrics, ObjectProvider<Sampler> samplers) {
    this.metrics = metrics;
    this.samplers = samplers.stream().toList();
  }

  /** The text, which ends with a line feed. */
  public String text() {
    List<MetricSnapshot> snapshots = new ArrayList<>();
    byMetric().forEach((metric, values) -> snapshots.add(snapshot(metric, values)));
    Set<String> sampled = names(snapshots);
    // A counter without labels stands at zero there, also where a sampler counts.
    metrics.registry().scrape().stream()
        .filter(snapshot -> !snapshot.getDataPoints().isEmpty())
        .filter(snapshot -> !sampled.contains(snapshot.getMetadata().getName()))
        .forEach(snapshots::add);
    var bytes = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(bytes, new MetricSnapshots(snapshots));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String text = bytes.toString(StandardCharsets.UTF_8);
    var missing = new StringBuilder(text);
    for (Metric metric : Metric.values()) {
      if (!text.contains("# TYPE " + metric.title() + " ")) {
        missing.append("# HELP ").append(metric.title()).append(' ').append(metric.help());
        missing.append("\n# TYPE ").append(metric.title()).append(' ').append(metric.type());
        missing.append('\n');
      }
    }
    return missing.toString();
  }

  private static Set<String> names(List<MetricSnapshot> snapshots) {
    return snapshots.stream()
        .map(snapshot -> snapshot.getMetadata().getName())
        .collect(Collectors.toSet());
  }

  /** What samplers read; what falls together under one set of labels is added up. */
  private Map<Metric, Map<List<String>, Double>> byMetric() {
    return samples().stream()
        .collect(
            Collectors.groupingBy(
                Sampler.Sample::metric,
                TreeMap::new,
                Collectors.groupingBy(
                    metrics::exposed, Collectors.summingDouble(Sampler.Sample::value))));
  }

  private static MetricSnapshot snapshot(Metric metric, Map<List<String>, Double> values) {
    if (metric.kind() == Metric.Kind.COUNTER) {
      var counter =
          CounterSnapshot.builder()
              .name(metric.title().replaceFirst("_total$", ""))
              .help(metric.help());
      values.forEach(
          (labels, value) ->
              counter.dataPoint(new CounterDataPointSnapshot(value, of(metric, labels), null, 0)));
      return counter.build();
    }
    var gauge = GaugeSnapshot.builder().name(metric.title()).help(metric.help());
    values.forEach(
        (labels, value) ->
            gauge.dataPoint(new GaugeDataPointSnapshot(value, of(metric, labels), null)));
    return gauge.build();
  }

  private static Labels of(Metric metric, List<String> values) {
    return Labels.of(metric.labels(), values);
  }

  private synchronized List<Sampler.Sample> samples() {
    if (System.nanoTime() - sampledAt > REMEMBERED.toNanos()) {
      last = read();
      sampledAt = System.nanoTime();
    }
    return last;
  }

  private List<Sampler.Sample> read() {
    long begin = System.nanoTime();
    List<FutureTask<List<Sampler.Sample>>> running =
        samplers.stream().map(Exposition::begin).toList();
    List<Sampler.Sample> samples = new ArrayList<>();
    for (int i = 0; i < running.size(); i++) {
      long left = PATIENCE.toNanos() - (System.nanoTime() - begin);
      samples.addAll(await(samplers.get(i), running.get(i), Math.max(1, left)));
    }
    return samples;
  }

  private static FutureTask<List<Sampler.Sample>> begin(Sampler sampler) {
    var task = new FutureTask<>(sampler::sample);
    Thread.ofPlatform().daemon().name("sample-" + sampler.getClass().getSimpleName()).start(task);
    return task;
  }

  private static List<Sampler.Sample> await(
      Sampler sampler, FutureTask<List<Sampler.Sample>> running, long nanos) {
    try {
      return running.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      log.warn("{} reads nothing: {}", sampler.getClass().getSimpleName(), e.getCause() + "");
    } catch (TimeoutException e) {
      running.cancel(true);
      log.warn("{} reads nothing within 5 s", sampler.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.of();
  }
}
