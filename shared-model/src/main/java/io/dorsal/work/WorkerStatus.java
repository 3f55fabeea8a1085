package io.dorsal.work;

/**
 * Whether somebody is at work; apart from the state of what is worked on, which a lost worker never
 * changes.
 */
public enum WorkerStatus {
  /** Nobody has begun, or the last one gave it back. */
  QUEUED,
  /** A worker showed its heartbeat lately. */
  ACTIVE,
  /** The worker stopped showing a heartbeat; the work goes on when another takes it over. */
  LOST
}
