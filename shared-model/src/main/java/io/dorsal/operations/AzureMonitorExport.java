package io.dorsal.operations;

import com.azure.monitor.opentelemetry.autoconfigure.AzureMonitorAutoConfigure;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Sends ended hops to Application Insights, where {@code APPLICATIONINSIGHTS_CONNECTION_STRING}
 * names one. Microsoft's exporter is made by its autoconfiguration only; of the SDK that comes with
 * it nothing else is used: no metrics, no logs, no live metrics, no global instance.
 */
@Component
@ConditionalOnProperty("applicationinsights.connection.string")
class AzureMonitorExport extends SentHops {

  private static final Map<String, String> TRACES_ONLY =
      Map.of(
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none",
          "applicationinsights.live.metrics.enabled", "false");

  private final OpenTelemetrySdk sdk;

  AzureMonitorExport(Environment settings, KeptRows rows) {
    AtomicReference<SpanExporter> exporter = new AtomicReference<>();
    var builder = AutoConfiguredOpenTelemetrySdk.builder().disableShutdownHook();
    AzureMonitorAutoConfigure.customize(
        builder, settings.getRequiredProperty("applicationinsights.connection.string"));
    this.sdk =
        builder
            .addPropertiesSupplier(() -> TRACES_ONLY)
            .addResourceCustomizer((found, _) -> found.merge(resource(rows)))
            .addSpanExporterCustomizer(
                (made, _) -> {
                  exporter.set(made);
                  return made;
                })
            .build()
            .getOpenTelemetrySdk();
    super(Objects.requireNonNull(exporter.get()), rows);
  }

  @Override
  public void destroy() {
    super.destroy();
    sdk.close();
  }
}
