package io.dorsal.catalog;

/** How far a population is. */
public enum PopulationState {
  /** Waits for a tenant administrator's decision. */
  REQUESTED,
  ACTIVE,
  REJECTED,
  /** Readable by its members, and nothing changes. */
  ARCHIVED,
  /** Not there for anybody; what named it still may. */
  DELETED
}
