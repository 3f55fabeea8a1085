package io.dorsal.discovery;

import java.util.EnumSet;
import java.util.Set;

/** Where a scan stands. Slow is never FAILED; a lost worker changes no state. */
public enum ScanState {
  REQUESTED,
  LISTING,
  INSPECTING,
  PAUSED_AUTH,
  COMPLETED,
  FAILED,
  CANCELED;

  private static final Set<ScanState> ACTIVE =
      EnumSet.of(REQUESTED, LISTING, INSPECTING, PAUSED_AUTH);

  /** Whether the scan occupies its source. */
  public boolean active() {
    return ACTIVE.contains(this);
  }

  /** Whether workers may go on with it. */
  public boolean atWork() {
    return this == LISTING || this == INSPECTING;
  }
}
