package io.dorsal.discovery;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Who may do what with a source and all that hangs on it: its scans, what they found, its schedule.
 * A source of a population exists for that population's people only, and their role in it counts;
 * where it has none, a role in any will do (10, section 0). Thread-safe.
 */
@Component
class SourceRights {

  private static final String SOURCE = "source";

  private final SourceRows sources;
  private final ScanRows scans;

  SourceRights(SourceRows sources, ScanRows scans) {
    this.sources = sources;
    this.scans = scans;
  }

  /** A scan as a caller sees it. */
  record Sight(Scan scan, boolean names) {}

  /**
   * The source, also a removed one.
   *
   * @throws ProblemException NOT_FOUND where it does not exist for the caller, PERMISSION_DENIED
   */
  RegisteredSource source(Caller caller, UUID id, PopulationRole needed, String action) {
    return allowed(
        caller, sources.findByIdAndTenantId(id, caller.tenantId()), needed, action, SOURCE);
  }

  /**
   * The source for its administrators, held until the transaction ends.
   *
   * @throws ProblemException NOT_FOUND also for a removed one, PERMISSION_DENIED
   */
  RegisteredSource held(Caller caller, UUID id, String action) {
    var kept =
        sources.hold(id, caller.tenantId()).filter(each -> each.state() != SourceState.REMOVED);
    return allowed(caller, kept, PopulationRole.ADMINISTRATOR, action, SOURCE);
  }

  /**
   * A scan, by what the caller may do with its source.
   *
   * @throws ProblemException NOT_FOUND where it does not exist for the caller, PERMISSION_DENIED
   */
  Scan scan(Caller caller, UUID id, PopulationRole needed, String action) {
    return sight(caller, id, needed, action).scan();
  }

  /**
   * A scan, and whether the caller may read names of folders and files, and not only counts.
   *
   * @throws ProblemException NOT_FOUND where it does not exist for the caller, PERMISSION_DENIED
   */
  Sight sight(Caller caller, UUID id, PopulationRole needed, String action) {
    Optional<Scan> found = scans.findByIdAndTenantId(id, caller.tenantId());
    RegisteredSource source = allowed(caller, found.map(this::sourceOf), needed, action, "scan");
    return new Sight(found.orElseThrow(), showNames(caller, source));
  }

  /** Whether the caller may read names of folders and files, and not only counts. */
  boolean showNames(Caller caller, Scan scan) {
    return showNames(caller, sourceOf(scan));
  }

  private static boolean showNames(Caller caller, RegisteredSource source) {
    return caller.holdsIn(source.populationId(), PopulationRole.PROFESSIONAL);
  }

  private RegisteredSource sourceOf(Scan scan) {
    return sources.findById(scan.sourceId()).orElseThrow();
  }

  private static RegisteredSource allowed(
      Caller caller,
      Optional<RegisteredSource> found,
      PopulationRole needed,
      String action,
      String what) {
    RegisteredSource source =
        found
            .filter(each -> caller.sees(each.populationId()))
            .orElseThrow(
                () ->
                    new ProblemException(
                        GeneralProblem.NOT_FOUND, "There is no " + what + " with this id."));
    caller.requireIn(source.populationId(), needed, action);
    return source;
  }
}
