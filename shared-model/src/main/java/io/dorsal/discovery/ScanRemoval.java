package io.dorsal.discovery;

import io.dorsal.work.Leases;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Removes scans that are final, whoever asks for it; what they found stays with the source. All in
 * the caller's transaction, which holds the scan's row. Thread-safe.
 */
@Component
class ScanRemoval {

  private final Leases leases;
  private final ScanStates states;
  private final ObjectProvider<ScanUse> uses;

  ScanRemoval(Leases leases, ScanStates states, ObjectProvider<ScanUse> uses) {
    this.leases = leases;
    this.states = states;
    this.uses = uses;
  }

  /** Whether something is bound to the scan, so that it has to stay. */
  boolean isBound(Scan scan) {
    return uses.stream().anyMatch(room -> room.uses(scan.tenantId(), scan.id()));
  }

  /** Removes a scan to which nothing is bound. */
  void remove(Scan scan, String actor) {
    leases.forget(scan.id());
    states.deleted(scan, actor);
  }
}
