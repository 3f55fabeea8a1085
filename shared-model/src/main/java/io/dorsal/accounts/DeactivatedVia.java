package io.dorsal.accounts;

/** By what a user was deactivated. */
public enum DeactivatedVia {
  ADMIN,
  IDENTITY_WEBHOOK,
  /** By hand in the database. */
  UNKNOWN
}
