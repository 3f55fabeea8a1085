package io.dorsal.access;

/** What a user is in one population, from low to high. */
public enum PopulationRole {
  VIEWER,
  EXPERT,
  PROFESSIONAL,
  ADMINISTRATOR;

  /** Whether this role includes the rights of the other. */
  public boolean includes(PopulationRole other) {
    return compareTo(other) >= 0;
  }
}
