package io.dorsal.discovery;

import java.util.UUID;

/** What is bound to a scan, as the rooms that use scans tell it. Thread-safe. */
@FunctionalInterface
public interface ScanUse {

  /**
   * Whether something of this room is bound to the scan, so that it has to stay. Asked in the
   * transaction that holds the scan's row: who binds to a scan holds it as well.
   */
  boolean uses(UUID tenantId, UUID scanId);
}
