package io.dorsal.operations;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A hop in OpenTelemetry's form, without secrets. */
record ExportedHop(Kept.Hop hop, Resource resource) implements SpanData {

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
    // Application Insights keeps no error.type.
    put(attributes, "dorsal.code", hop.code());
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
    return hop.links().stream().map(span -> LinkData.create(context(hop.traceId(), span))).toList();
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
