package io.dorsal.connections;

/** What the newest check says, or that a person switched the connection off. */
public enum ConnectionStatus {
  UNVERIFIED,
  OK,
  WARNING,
  BROKEN,
  EXPIRED,
  DISABLED
}
