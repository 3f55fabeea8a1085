package io.dorsal.discovery.patterns;

import java.util.List;

/** What is known besides the names, for a tenant and the source's population. Thread-safe. */
public interface PatternEvidence {

  /** Nothing is known: names speak for themselves. */
  PatternEvidence NONE = new PatternEvidence() {};

  /**
   * An animal's id in a name.
   *
   * @param start of its first character
   * @param end behind its last character
   * @param known whether the catalog has it
   */
  record Individual(int start, int end, boolean known) {}

  /** Whether locations are known at all, so that a name can be compared. */
  default boolean knowsLocations() {
    return false;
  }

  /** Whether a location has this name, blanks between its words. */
  default boolean isLocation(String name) {
    return false;
  }

  /** Whether aliases or members' names are known at all. */
  default boolean knowsPhotographers() {
    return false;
  }

  /** Whether somebody goes by this name. */
  default boolean isPhotographer(String name) {
    return false;
  }

  /** Whether these capitals are the initials of one of them, and of one only. */
  default boolean areInitials(String letters) {
    return false;
  }

  /** Whether the catalog holds animals to compare with. */
  default boolean knowsIndividuals() {
    return false;
  }

  /**
   * Where a name hits the population's id pattern, whole tokens only, in their order; in linear
   * time.
   */
  default List<Individual> individuals(String name) {
    return List.of();
  }
}
