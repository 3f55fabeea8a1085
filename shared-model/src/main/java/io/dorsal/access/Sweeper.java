package io.dorsal.access;

/**
 * The register of all work that reads and writes across tenants, in the name of {@code
 * dorsal_maint}. Whatever is not named here sees one tenant, or none. Where it can be, a sweeper
 * only finds what is due, and the rest is done in the tenant's name.
 */
public enum Sweeper {
  /** Reads which identity providers single tenants trust. */
  IDENTITY_ISSUERS,
  /** Posts what is left in the outbox and forgets what was posted. */
  OUTBOX,
  /** Forgets idempotent answers and records of fires, scans, jobs and events that are old. */
  LEFTOVERS,
  /** Finds API keys that end soon. */
  API_KEYS,
  /** Finds schedules that are due. */
  SCHEDULES,
  /** Marks the sources that a storage event tells of, and finds those it is quiet around. */
  STORAGE_EVENTS,
  /** Finds scans that waited too long for a credential. */
  NOT_RENEWED,
  /** Finds connections whose secret ends or ended. */
  EXPIRY,
  /** Finds the tenants whose connections are to be checked. */
  DAILY_CHECKS,
  /** Wraps data keys anew after a rotation. */
  KEYS,
  /** Tells whether an order that its tenant knows nothing of is about another tenant's scan. */
  FOREIGN_ORDERS,
  /** Writes hops, requests and log lines of all tenants, and forgets those that are old. */
  RECORDER,
  /** Reads for an operator the hops and requests of any tenant, which hold none of its content. */
  OPERATOR_TRACES,
  /** Cuts audit entries into batches, and forgets whole batches that are old. */
  AUDIT,
  /** Finds bundles and exports that are kept long enough. */
  PARCELS,
  /** Marks users inactive, erases those deleted long ago, forgets applied identity events. */
  USERS,
  /** Removes everything of tenants whose days of grace are over. */
  TENANT_PURGE,
  /** Finds what webhooks are to tell, and those that have something to send. */
  WEBHOOKS,
  /** Finds mails that are due. */
  MAIL,
  /** Keeps and reads why messages of other systems were refused, which prove no tenant. */
  REFUSALS,
  /** Counts what runs, and lists it for who operates the platform. */
  OPERATIONS
}
