package io.dorsal.access;

/**
 * The register of all work that reads and writes across tenants, in the name of {@code
 * dorsal_maint}. Whatever is not named here sees one tenant, or none.
 */
public enum Sweeper {
  /** Posts what is left in the outbox and forgets what was posted. */
  OUTBOX,
  /** Forgets refused messages and idempotent answers that are old. */
  LEFTOVERS,
  /** Finds schedules that are due. */
  SCHEDULES,
  /** Finds the sources that a storage event tells of, and those it is quiet around. */
  STORAGE_EVENTS,
  /** Ends what waited too long for a credential. */
  NOT_RENEWED,
  /** Finds connections whose secret ends or ended, and those to be checked. */
  EXPIRY,
  /** Wraps data keys anew after a rotation. */
  KEYS,
  /** Reads which identity providers single tenants trust. */
  IDENTITY_ISSUERS,
  /** Purges tenants whose days of grace are over. */
  TENANT_PURGE,
  /** Marks users inactive, erases those deleted long ago, forgets applied identity events. */
  USERS
}
