package io.dorsal.accounts;

/** Whether a tenant's people and keys are let in. */
public enum TenantStatus {
  ACTIVE,
  /** Nobody is let in; everything stays. */
  SUSPENDED,
  /** As suspended, and to be purged when its days of grace are over. */
  DELETING
}
