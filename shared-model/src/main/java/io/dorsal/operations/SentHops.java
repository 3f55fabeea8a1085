package io.dorsal.operations;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * Sends ended hops through one of OpenTelemetry's exporters. One batch is under way at a time: what
 * comes meanwhile while the receiver is slow is not sent, and counted. For one thread at a time.
 */
abstract class SentHops implements HopExport, DisposableBean {

  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(SentHops.class);

  private final SpanExporter exporter;
  private final Resource resource;
  private final AtomicLong unsent = new AtomicLong();
  private volatile CompletableResultCode underWay = CompletableResultCode.ofSuccess();

  SentHops(SpanExporter exporter, KeptRows rows) {
    this.exporter = exporter;
    this.resource = resource(rows);
  }

  /** Who this process is, in OpenTelemetry's words. */
  static Resource resource(KeptRows rows) {
    return Resource.create(
        Attributes.builder()
            .put("service.name", rows.service())
            .put("service.namespace", "dorsal")
            .put("service.instance.id", rows.instance())
            .build());
  }

  /** How many hops were not sent. */
  long unsent() {
    return unsent.get();
  }

  @Override
  public void sent(List<Kept> batch) {
    List<SpanData> spans =
        batch.stream()
            .filter(Kept.Hop.class::isInstance)
            .map(Kept.Hop.class::cast)
            .filter(hop -> hop.durationMs() != null)
            .<SpanData>map(hop -> new ExportedHop(hop, resource))
            .toList();
    if (spans.isEmpty()) {
      return;
    }
    if (!underWay.isDone()) {
      unsent.addAndGet(spans.size());
      return;
    }
    try {
      underWay = exporter.export(spans);
      underWay.whenComplete(() -> count(spans.size()));
    } catch (RuntimeException e) {
      unsent.addAndGet(spans.size());
      log.warn("Hops could not be sent: {}", e.toString());
    }
  }

  private void count(int spans) {
    if (!underWay.isSuccess()) {
      unsent.addAndGet(spans);
    }
  }

  @Override
  public void destroy() {
    underWay.join(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    exporter.shutdown().join(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
