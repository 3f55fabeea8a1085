package io.dorsal.catalog;

/** A vocabulary of a population. */
public enum TermKind {
  BEHAVIOR,
  PREY_SPECIES
}
