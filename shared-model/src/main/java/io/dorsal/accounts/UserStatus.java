package io.dorsal.accounts;

/** Where a user stands. */
public enum UserStatus {
  /** Made by somebody else; has not signed in yet. */
  PENDING,
  ACTIVE,
  /** Has not signed in for long, and still may. */
  INACTIVE,
  SUSPENDED,
  /** Will be erased, or was. */
  DELETED;

  /** Whether a user of this status may come in, unless deactivated. */
  boolean admitted() {
    return this == PENDING || this == ACTIVE || this == INACTIVE;
  }
}
