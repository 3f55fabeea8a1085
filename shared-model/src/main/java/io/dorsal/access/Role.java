package io.dorsal.access;

/** What a caller may do in a tenant; the population roles follow with the catalog. */
public enum Role {
  VIEWER,
  EXPERT,
  PROFESSIONAL,
  ADMINISTRATOR,
  TENANT_ADMIN;

  /** Whether this role includes the rights of the other. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}
