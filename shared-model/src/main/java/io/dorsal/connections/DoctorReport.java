package io.dorsal.connections;

import io.dorsal.access.Uuid7;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One check of a connection, from what its token says to a real copy.
 *
 * @param secretVersion which secret was tried
 * @param expiresAt when the token ends; null where that cannot be known
 */
public record DoctorReport(
    UUID id,
    Instant at,
    long durationMs,
    int secretVersion,
    ConnectionStatus status,
    Capabilities capabilities,
    @Nullable Instant expiresAt,
    List<Step> steps,
    List<Diagnosis> findings) {

  /** What is tried, in this order. */
  public enum StepName {
    PARSE,
    CLOCK,
    LIST,
    READ,
    COPY
  }

  /** How a step ended. */
  public enum StepStatus {
    PASS,
    WARN,
    FAIL,
    SKIP
  }

  /**
   * One step.
   *
   * @param azureCode what the storage account named as reason; null where it did not refuse
   * @param azureRequestId its own id of that request
   */
  public record Step(
      StepName name,
      StepStatus status,
      long durationMs,
      @Nullable String azureCode,
      @Nullable String azureRequestId) {}

  /** The report on a token that is not whole: nothing could be tried with it. */
  static DoctorReport malformed(String detail, Instant now) {
    var all = List.of(Ability.LIST, Ability.READ, Ability.COPY);
    var problem = ConnectionProblem.SAS_MALFORMED;
    var steps =
        Arrays.stream(StepName.values())
            .map(
                name ->
                    new Step(
                        name,
                        name == StepName.PARSE ? StepStatus.FAIL : StepStatus.SKIP,
                        0,
                        null,
                        null))
            .toList();
    return new DoctorReport(
        Uuid7.next(),
        now,
        0,
        0,
        ConnectionStatus.BROKEN,
        Capabilities.UNKNOWN.without(Set.copyOf(all)),
        null,
        steps,
        List.of(new Diagnosis(problem, Diagnosis.Level.FAIL, all, detail, problem.fix())));
  }

  /** The report in short: the first thing that fails, else the first to be warned of. */
  ConnectionReport summary() {
    Finding shown =
        findings.stream()
            .filter(f -> f.level() == Diagnosis.Level.FAIL)
            .findFirst()
            .or(() -> findings.stream().findFirst())
            .map(f -> new Finding(f.code().name(), f.detail(), f.fix()))
            .orElse(null);
    return new ConnectionReport(status, capabilities, shown);
  }
}
