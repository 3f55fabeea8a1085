package io.dorsal.work;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a room has at work or waiting: one bean of each room that has some. Thread-safe. */
public interface WorkAtHand {

  /**
   * What is not done, 1,000 at most.
   *
   * @param tenantId whose; null, and in a sweeper's name, for everybody's
   * @param of only the work on this scan, export, bundle, connection or tenant; null for all
   */
  List<RunningJob> atHand(@Nullable UUID tenantId, @Nullable UUID of);

  /** The tries that one of {@link #atHand} took, newest first; none where they are not kept. */
  default List<RunningJob.Attempt> attempts(RunningJob job) {
    return List.of();
  }
}
