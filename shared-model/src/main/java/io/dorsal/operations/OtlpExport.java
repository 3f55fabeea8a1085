package io.dorsal.operations;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Sends ended hops to an OpenTelemetry collector as OTLP over HTTP, where {@code
 * OTEL_EXPORTER_OTLP_ENDPOINT} names one; {@code OTEL_EXPORTER_OTLP_HEADERS} is honored. One batch
 * is under way at a time: what comes meanwhile while a collector is slow is not sent, and counted.
 */
@Component
@ConditionalOnProperty("otel.exporter.otlp.endpoint")
class OtlpExport implements HopExport, DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(OtlpExport.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final OtlpHttpSpanExporter exporter;
  private final Resource resource;
  private final AtomicLong unsent = new AtomicLong();
  private volatile CompletableResultCode underWay = CompletableResultCode.ofSuccess();

  OtlpExport(Environment settings, KeptRows rows) {
    String endpoint = settings.getRequiredProperty("otel.exporter.otlp.endpoint");
    var builder =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint.replaceFirst("/+$", "") + "/v1/traces")
            .setTimeout(PATIENCE);
    for (String header : settings.getProperty("otel.exporter.otlp.headers", "").split(",", -1)) {
      int is = header.indexOf('=');
      if (is > 0) {
        builder.addHeader(header.substring(0, is).strip(), header.substring(is + 1).strip());
      }
    }
    this.exporter = builder.build();
    this.resource =
        Resource.create(
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
            .<SpanData>map(hop -> new Exported(hop, resource))
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
      log.warn("Hops could not be sent to the collector: {}", e.toString());
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

  /** A hop in OpenTelemetry's form. */
  private record Exported(Kept.Hop hop, Resource resource) implements SpanData {

    private static final String SCOPE = "io.dorsal";

    private static SpanContext context(String traceId, String spanId) {
      return SpanContext.create(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault());
    }

    @Override
    public String getName() {
      return hop.name();
    }

    @Override
    public SpanKind getKind() {
      return switch (hop.kind()) {
        case HTTP -> SpanKind.SERVER;
        case OUTBOX -> SpanKind.PRODUCER;
        case MESSAGE -> SpanKind.CONSUMER;
        case BLOB, WEBHOOK -> SpanKind.CLIENT;
        case PARTITION, JOB, STEP, CHUNK -> SpanKind.INTERNAL;
      };
    }

    @Override
    public SpanContext getSpanContext() {
      return context(hop.traceId(), hop.spanId());
    }

    @Override
    public SpanContext getParentSpanContext() {
      String parent = hop.parentSpanId();
      return parent == null ? SpanContext.getInvalid() : context(hop.traceId(), parent);
    }

    @Override
    public StatusData getStatus() {
      String code = hop.code();
      return hop.state() == Kept.State.ERROR
          ? StatusData.create(StatusCode.ERROR, code == null ? "" : code)
          : StatusData.ok();
    }

    @Override
    public long getStartEpochNanos() {
      return TimeUnit.MILLISECONDS.toNanos(hop.startedAt().toEpochMilli());
    }

    @Override
    public long getEndEpochNanos() {
      Long millis = hop.durationMs();
      return getStartEpochNanos() + TimeUnit.MILLISECONDS.toNanos(millis == null ? 0 : millis);
    }

    @Override
    public Attributes getAttributes() {
      AttributesBuilder attributes = Attributes.builder();
      attributes.put("dorsal.kind", hop.kind().name());
      attributes.put("dorsal.tenant_id", hop.tenantId().toString());
      put(attributes, "error.type", hop.code());
      put(attributes, "dorsal.request_id", hop.requestId());
      put(attributes, "az.service_request_id", hop.upstreamRequestId());
      hop.attributes()
          .forEach((name, value) -> put(attributes, "dorsal." + name, String.valueOf(value)));
      return attributes.build();
    }

    private static void put(AttributesBuilder attributes, String name, @Nullable String value) {
      if (value != null) {
        attributes.put(name, Redactor.redact(value));
      }
    }

    @Override
    public List<EventData> getEvents() {
      return List.of();
    }

    @Override
    public List<LinkData> getLinks() {
      return hop.links().stream()
          .map(span -> LinkData.create(context(hop.traceId(), span)))
          .toList();
    }

    @Override
    public boolean hasEnded() {
      return true;
    }

    @Override
    public int getTotalRecordedEvents() {
      return 0;
    }

    @Override
    public int getTotalRecordedLinks() {
      return hop.links().size();
    }

    @Override
    public int getTotalAttributeCount() {
      return getAttributes().size();
    }

    @Override
    @SuppressWarnings("deprecation")
    public io.opentelemetry.sdk.common.InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
      return io.opentelemetry.sdk.common.InstrumentationLibraryInfo.create(SCOPE, null);
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
      return InstrumentationScopeInfo.create(SCOPE);
    }

    @Override
    public Resource getResource() {
      return resource;
    }
  }
}
