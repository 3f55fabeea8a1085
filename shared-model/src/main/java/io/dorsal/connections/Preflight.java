package io.dorsal.connections;

import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** The trial copies of checks. Thread-safe. */
@Component
public class Preflight {

  /** Where they lie in Dorsal's store, by connection. */
  static final String FOLDER = "preflight/";

  private static final Duration KEPT = Duration.ofHours(24);

  private final OwnStore store;
  private final Clock clock;

  Preflight(OwnStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Deletes what checks left behind more than 24 hours ago.
   *
   * @return how many were deleted
   */
  public int sweep() {
    return store.sweep(FOLDER, clock.instant().minus(KEPT));
  }
}
