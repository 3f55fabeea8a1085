package io.dorsal.discovery;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.connections.ConnectionProblem;
import io.dorsal.connections.Doctor;
import io.dorsal.connections.Finding;
import io.dorsal.operations.TraceContext;
import io.dorsal.problem.Problem;
import io.dorsal.sources.Source;
import io.dorsal.sources.SourceOpener;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How workers take up scans and say why they stop. Thread-safe. */
@Component
public class ScanWork {

  private final ScanRows scans;
  private final ScanStates states;
  private final SourceRows sources;
  private final ScanProgressRows progress;
  private final Doctor doctor;
  private final SourceOpener opener;
  private final Clock clock;

  ScanWork(
      ScanRows scans,
      ScanStates states,
      SourceRows sources,
      ScanProgressRows progress,
      Doctor doctor,
      SourceOpener opener,
      Clock clock) {
    this.scans = scans;
    this.states = states;
    this.sources = sources;
    this.progress = progress;
    this.doctor = doctor;
    this.opener = opener;
    this.clock = clock;
  }

  /**
   * Takes up a requested scan, or one whose listing another worker left.
   *
   * @return the scan in LISTING; empty where there is nothing to list (any more), or it is another
   *     tenant's
   */
  @Transactional
  public Optional<Scan> beginListing(UUID tenantId, UUID scanId) {
    return scans
        .findByIdAndTenantId(scanId, tenantId)
        .map(progress::locked)
        .filter(s -> s.state() == ScanState.REQUESTED || s.state() == ScanState.LISTING)
        .map(scan -> states.changed(scan, scan.startListing(clock.instant())));
  }

  /** The scan where it is being inspected; empty otherwise, or where it is another tenant's. */
  @Transactional(readOnly = true)
  public Optional<Scan> inspecting(UUID tenantId, UUID scanId) {
    return scans
        .findByIdAndTenantId(scanId, tenantId)
        .filter(scan -> scan.state() == ScanState.INSPECTING);
  }

  /** The scan's source, opened with the newest credential. */
  public Source open(Scan scan, TraceContext trace) {
    RegisteredSource source = sources.findById(scan.sourceId()).orElseThrow();
    return opener.open(
        scan.tenantId(), source.connectionId(), source.container(), source.prefix(), trace);
  }

  /**
   * Storage refused the credential: the scan waits for a new one. Without effect where it is not at
   * work.
   *
   * @param dispatch the hand-over whose credential it was; a scan handed over again since has
   *     another
   */
  @Transactional
  public void pauseForAuth(UUID scanId, int dispatch, ConnectionProblem problem, String detail) {
    Scan scan = progress.locked(scans.findById(scanId).orElseThrow());
    if (!scan.state().atWork() || scan.dispatches() != dispatch) {
      return;
    }
    RegisteredSource source = sources.findById(scan.sourceId()).orElseThrow();
    Finding finding = doctor.broke(scan.tenantId(), source.connectionId(), problem, detail);
    var cause = new Scan.Cause(problem.name(), detail, finding.fix());
    states.changed(scan, scan.pauseForAuth(cause, clock.instant()));
  }

  /**
   * Whether an order is about another tenant's scan. A scan that is nowhere, for it was deleted, is
   * nobody's.
   */
  public boolean foreign(UUID tenantId, UUID scanId) {
    return scans.findByIdAndTenantId(scanId, tenantId).isEmpty()
        && Tenancy.sweep(Sweeper.FOREIGN_ORDERS, () -> scans.existsById(scanId));
  }

  /** Whether anything is left to do for the scan. */
  @Transactional(readOnly = true)
  public boolean wants(UUID scanId) {
    return scans
        .findById(scanId)
        .filter(s -> s.state() == ScanState.REQUESTED || s.state().atWork())
        .isPresent();
  }

  /** Whether the scan is over for good, so that nobody will work on it again. */
  @Transactional(readOnly = true)
  public boolean over(UUID scanId) {
    return scans
        .findById(scanId)
        .map(s -> s.state() == ScanState.COMPLETED || s.state() == ScanState.CANCELED)
        .orElse(true);
  }

  /**
   * Ends the scan for a reason that a person has to see.
   *
   * @param dispatch the hand-over that failed; a scan handed over again since is left alone
   * @return whether it was ended by this call
   */
  @Transactional
  public boolean fail(UUID scanId, int dispatch, Problem problem, String detail) {
    Scan scan = scans.findById(scanId).map(progress::locked).orElse(null);
    if (scan == null
        || scan.dispatches() != dispatch
        || !(scan.state().atWork() || scan.state() == ScanState.REQUESTED)) {
      return false;
    }
    var cause = new Scan.Cause(problem.name(), detail, problem.fix());
    states.changed(scan, scan.fail(cause, clock.instant()));
    return true;
  }
}
