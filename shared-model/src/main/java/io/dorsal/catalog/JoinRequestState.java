package io.dorsal.catalog;

/** How far a request to join is. */
public enum JoinRequestState {
  PENDING,
  APPROVED,
  REJECTED,
  WITHDRAWN
}
