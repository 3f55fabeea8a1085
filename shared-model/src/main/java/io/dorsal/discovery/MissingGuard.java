package io.dorsal.discovery;

import io.dorsal.problem.ProblemException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A completed scan that missed more than half of at least 100 known files: nothing is marked
 * MISSING until a person has decided.
 *
 * @param version null before the first save
 * @param known files known below the scan's roots before it
 * @param wouldBeMissing how many of them it did not find, moved ones not counted
 * @param decidedBy null until then, and where a later scan made the question void
 */
@Table("scan_guard")
public record MissingGuard(
    @Id UUID scanId,
    @Version @Nullable Integer version,
    UUID tenantId,
    UUID sourceId,
    State state,
    long known,
    long wouldBeMissing,
    Instant heldAt,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt) {

  /** How the question stands. */
  public enum State {
    HELD,
    /** The files are gone and marked so. */
    CONFIRMED,
    /** The source was not itself; nothing is marked. */
    DISMISSED,
    /** A later scan looked again. */
    SUPERSEDED
  }

  private static final long FEWEST_KNOWN = 100;

  /** Whether so much is gone that the listing has to be doubted. */
  static boolean doubts(long known, long gone) {
    return known >= FEWEST_KNOWN && gone * 2 > known;
  }

  static MissingGuard held(Scan scan, long known, long gone, Instant now) {
    return new MissingGuard(
        scan.id(),
        null,
        scan.tenantId(),
        scan.sourceId(),
        State.HELD,
        known,
        gone,
        now,
        null,
        null);
  }

  MissingGuard confirm(String by, Instant now) {
    return decided(State.CONFIRMED, by, now);
  }

  MissingGuard dismiss(String by, Instant now) {
    return decided(State.DISMISSED, by, now);
  }

  MissingGuard supersede(Instant now) {
    return decided(State.SUPERSEDED, null, now);
  }

  private MissingGuard decided(State next, @Nullable String by, Instant now) {
    if (state != State.HELD) {
      throw new ProblemException(
          DiscoveryProblem.SCAN_STATE,
          "The guard is " + state + ".",
          Map.of("state", ScanState.COMPLETED.name(), "guard", state.name()));
    }
    return new MissingGuard(
        scanId, version, tenantId, sourceId, next, known, wouldBeMissing, heldAt, by, now);
  }
}
