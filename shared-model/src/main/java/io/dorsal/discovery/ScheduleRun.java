package io.dorsal.discovery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of one fire of a schedule.
 *
 * @param dueAt when it was to fire; the first one where several were missed
 * @param missed how many more were missed and are not made up for
 * @param scanId the scan it started, or the one it found at work
 */
public record ScheduleRun(
    UUID id, Instant dueAt, Instant firedAt, Outcome outcome, int missed, @Nullable UUID scanId) {

  /** How a fire ends. */
  public enum Outcome {
    STARTED,
    /** A scan of the source was active. */
    SKIPPED_RUNNING,
    /** The connection cannot list and read. */
    SKIPPED_AUTH,
    /** The source is paused. */
    SKIPPED_PAUSED
  }
}
