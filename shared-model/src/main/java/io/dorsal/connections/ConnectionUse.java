package io.dorsal.connections;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What hangs on a connection, as the rooms that use connections tell it. Thread-safe. */
public interface ConnectionUse {

  /** What of this room uses the connection now; nothing for another tenant's. */
  Uses of(UUID tenantId, UUID connectionId);

  /**
   * @param sources how many sources are registered, paused ones too
   * @param schedules how many of their schedules are switched on
   * @param scans the scans that are not ended
   * @param runs the sync runs that are not ended
   */
  record Uses(int sources, int schedules, List<UUID> scans, List<UUID> runs) {

    public static final Uses NONE = new Uses(0, 0, List.of(), List.of());

    Uses and(Uses other) {
      return new Uses(
          sources + other.sources,
          schedules + other.schedules,
          Stream.concat(scans.stream(), other.scans.stream()).toList(),
          Stream.concat(runs.stream(), other.runs.stream()).toList());
    }

    /** Whether something is at work with the credential. */
    boolean active() {
      return !scans.isEmpty() || !runs.isEmpty();
    }
  }
}
