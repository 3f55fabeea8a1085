package io.dorsal.discovery;

/** Who or what asked for a scan. */
public enum ScanTrigger {
  MANUAL,
  SCHEDULE,
  EVENT,
  RERUN
}
