package io.dorsal.catalog;

/** What a population's card offers its reader. */
public enum Relation {
  MEMBER,
  /** One click: the population is open, or the reader is invited. */
  OPEN_TO_JOIN,
  REQUEST_TO_JOIN,
  /** The reader has asked, or accepted an invitation that is not confirmed yet. */
  REQUEST_PENDING
}
