package io.dorsal.catalog;

/** How far a membership is. Only a confirmed one gives a role. */
public enum MemberState {
  INVITED,
  /** Has accepted; an administrator confirms. */
  PENDING_CONFIRMATION,
  CONFIRMED,
  REMOVED
}
