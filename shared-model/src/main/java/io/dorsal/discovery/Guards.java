package io.dorsal.discovery;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people decide about files that a scan did not find. Thread-safe. */
@Component
public class Guards {

  private static final String CONFIRM = "CONFIRM";
  private static final String DISMISS = "DISMISS";

  private final SourceRights rights;
  private final ScanProgressRows progress;
  private final GuardRows guards;
  private final Settlement settlement;
  private final Summaries summaries;

  Guards(
      SourceRights rights,
      ScanProgressRows progress,
      GuardRows guards,
      Settlement settlement,
      Summaries summaries) {
    this.rights = rights;
    this.progress = progress;
    this.guards = guards;
    this.settlement = settlement;
    this.summaries = summaries;
  }

  /**
   * Decides the guard of a scan: CONFIRM marks what it did not find MISSING, except what a later
   * scan has seen again; DISMISS leaves all as it is.
   *
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND, VALIDATION_FAILED, SCAN_STATE where the
   *     scan is not held
   */
  @Transactional
  public void decide(Caller caller, UUID scanId, @Nullable String decision) {
    Scan scan =
        rights.scan(caller, scanId, PopulationRole.ADMINISTRATOR, "Deciding about missing files");
    boolean confirmed = CONFIRM.equals(decision);
    new Validation()
        .check(
            confirmed || DISMISS.equals(decision),
            "decision",
            "UNKNOWN_VALUE",
            "decision must be CONFIRM or DISMISS.")
        .orThrow();
    Scan held = progress.locked(scan);
    MissingGuard guard = guards.findById(scanId).orElseThrow(() -> nothingHeld(held));
    settlement.decide(held, guard, confirmed, caller.actor());
    summaries.request(held);
  }

  private static ProblemException nothingHeld(Scan scan) {
    return new ProblemException(
        DiscoveryProblem.SCAN_STATE,
        "The scan holds nothing back.",
        Map.of("state", scan.state().name()));
  }
}
