package io.dorsal.catalog;

/** How people come to a population by themselves. */
public enum JoinPolicy {
  /** One click makes a VIEWER. */
  OPEN,
  /** An administrator decides. */
  REQUEST
}
