package io.dorsal.discovery;

/** What happens when a scan found new files. */
public enum OnNewFiles {
  SCAN_ONLY,
  /** Drafts are made anew for review; nothing is ever approved by it. */
  SCAN_AND_REMATERIALIZE
}
