package io.dorsal.operations;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Sends ended hops to an OpenTelemetry collector as OTLP over HTTP, where {@code
 * OTEL_EXPORTER_OTLP_ENDPOINT} names one; {@code OTEL_EXPORTER_OTLP_HEADERS} is honored.
 */
@Component
@ConditionalOnProperty("otel.exporter.otlp.endpoint")
class OtlpExport extends SentHops {

  OtlpExport(Environment settings, KeptRows rows) {
    super(exporter(settings), rows);
  }

  private static SpanExporter exporter(Environment settings) {
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
    return builder.build();
  }
}
