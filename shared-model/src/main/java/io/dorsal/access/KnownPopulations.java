package io.dorsal.access;

import java.util.Optional;
import java.util.UUID;

/**
 * The populations of tenants, for rooms that only name them. The room of populations answers.
 * Thread-safe.
 */
public interface KnownPopulations {

  /**
   * Whether something may be said to be of it from now on: it is the tenant's, and it is active.
   */
  boolean has(UUID tenantId, UUID populationId);

  /** The regular expression (RE2) of its animals' ids; empty where it has none. */
  Optional<String> identifierPattern(UUID tenantId, UUID populationId);
}
