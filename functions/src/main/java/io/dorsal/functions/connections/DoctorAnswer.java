package io.dorsal.functions.connections;

import io.dorsal.connections.Capabilities;
import io.dorsal.connections.ConnectionStatus;
import io.dorsal.connections.Diagnosis;
import io.dorsal.connections.DoctorReport;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A report as it is shown. */
record DoctorAnswer(
    UUID id,
    Instant at,
    long durationMs,
    int secretVersion,
    ConnectionStatus status,
    Capabilities capabilities,
    @Nullable Instant expiresAt,
    List<Step> steps,
    List<Found> findings) {

  /** One step; the codes are Azure's own. */
  record Step(
      String name,
      DoctorReport.StepStatus status,
      long durationMs,
      @Nullable String azureCode,
      @Nullable String azureRequestId) {}

  /**
   * One finding.
   *
   * @param capability what it concerns, by the names of the report
   */
  record Found(
      String code, Diagnosis.Level level, List<String> capability, String detail, String fix) {}

  static DoctorAnswer of(DoctorReport report) {
    return new DoctorAnswer(
        report.id(),
        report.at(),
        report.durationMs(),
        report.secretVersion(),
        report.status(),
        report.capabilities(),
        report.expiresAt(),
        report.steps().stream()
            .map(
                step ->
                    new Step(
                        lower(step.name()),
                        step.status(),
                        step.durationMs(),
                        step.azureCode(),
                        step.azureRequestId()))
            .toList(),
        report.findings().stream()
            .map(
                found ->
                    new Found(
                        found.code().name(),
                        found.level(),
                        found.capability().stream().map(DoctorAnswer::lower).toList(),
                        found.detail(),
                        found.fix()))
            .toList());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
