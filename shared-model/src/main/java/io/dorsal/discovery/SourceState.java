package io.dorsal.discovery;

/** Whether a source takes part in new scans. */
public enum SourceState {
  ACTIVE,
  /** Kept, but left out of new scans. */
  PAUSED,
  /** Forgotten; its scans stay readable. */
  REMOVED
}
