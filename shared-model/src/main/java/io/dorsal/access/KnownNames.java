package io.dorsal.access;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people, places and animals of a tenant are called, for rooms that meet their names in texts.
 * Each room that keeps such names answers for its own; who asks takes all answers together.
 * Thread-safe.
 */
public interface KnownNames {

  /** Whose name it is. */
  enum Kind {
    /** A member's name, or another that somebody's pictures are signed with. */
    PHOTOGRAPHER,
    /** A place where animals were met. */
    LOCATION,
    /** An animal's id in the catalog. */
    INDIVIDUAL
  }

  /** A name as it is written where it is kept. */
  record Name(Kind kind, String text) {}

  /**
   * The names this room keeps, in no order; one may come twice.
   *
   * @param populationId null where only what belongs to no population is meant
   */
  List<Name> of(UUID tenantId, @Nullable UUID populationId);
}
