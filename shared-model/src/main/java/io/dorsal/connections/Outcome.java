package io.dorsal.connections;

import io.dorsal.connections.Diagnosis.Level;
import io.dorsal.connections.DoctorReport.Step;
import io.dorsal.connections.DoctorReport.StepName;
import io.dorsal.connections.DoctorReport.StepStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What steps and findings mean for the connection. Pure.
 *
 * @param listsContainers whether the credential was seen to list containers
 */
record Outcome(
    List<Step> steps, List<Diagnosis> findings, @Nullable SasToken sas, boolean listsContainers) {

  Capabilities capabilities() {
    return new Capabilities(
        of(Ability.LIST, passed(StepName.LIST)),
        containers(),
        of(Ability.READ, passed(StepName.READ)),
        of(Ability.COPY, passed(StepName.COPY)));
  }

  private Capability containers() {
    boolean never = sas != null && !sas.kind().equals("ACCOUNT");
    return never ? Capability.FAIL : of(Ability.LIST_CONTAINERS, listsContainers);
  }

  private Capability of(Ability ability, boolean seen) {
    if (findings.stream().anyMatch(finding -> finding.fails(ability))) {
      return Capability.FAIL;
    }
    if (findings.stream().anyMatch(finding -> finding.warns(ability))) {
      return Capability.WARN;
    }
    return seen ? Capability.OK : Capability.UNKNOWN;
  }

  /** An empty container was listed all the same. */
  private boolean passed(StepName name) {
    return steps.stream()
        .filter(step -> step.name() == name)
        .anyMatch(
            step ->
                step.status() == StepStatus.PASS
                    || (name == StepName.LIST && step.status() == StepStatus.WARN));
  }

  ConnectionStatus status() {
    if (findings.stream().anyMatch(f -> f.code() == ConnectionProblem.SAS_EXPIRED)) {
      return ConnectionStatus.EXPIRED;
    }
    var fails = findings.stream().filter(f -> f.level() == Level.FAIL).toList();
    if (fails.stream().anyMatch(f -> !f.code().retryable())) {
      return ConnectionStatus.BROKEN;
    }
    if (fails.stream().anyMatch(Diagnosis::momentary) || !passed(StepName.LIST)) {
      return ConnectionStatus.UNVERIFIED;
    }
    return findings.isEmpty() ? ConnectionStatus.OK : ConnectionStatus.WARNING;
  }
}
