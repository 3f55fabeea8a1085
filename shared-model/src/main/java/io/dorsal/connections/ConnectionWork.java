package io.dorsal.connections;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What a check wants to know of the work done with a connection. Thread-safe. */
public interface ConnectionWork {

  /** Where in the archive work reads. */
  record Place(String container, String prefix) {}

  /** The place of the connection's oldest active source. */
  Optional<Place> place(UUID connectionId);

  /** When the work now running is estimated to end. */
  Optional<Instant> ends(UUID connectionId);
}
