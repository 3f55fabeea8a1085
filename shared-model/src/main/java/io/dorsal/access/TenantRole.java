package io.dorsal.access;

/** What a user is in a tenant, from low to high. Onboarding rooms are the administrator's. */
public enum TenantRole {
  MEMBER,
  /** Reads audit, metrics and quotas, and nothing else. */
  AUDITOR,
  TENANT_ADMIN;

  /** Whether this role includes the rights of the other. */
  public boolean includes(TenantRole other) {
    return compareTo(other) >= 0;
  }
}
