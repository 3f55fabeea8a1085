package io.dorsal.access;

/** What a user is in one organization, from low to high. */
public enum OrganizationRole {
  MEMBER,
  ADMINISTRATOR;

  /** Whether this role includes the rights of the other. */
  public boolean includes(OrganizationRole other) {
    return compareTo(other) >= 0;
  }
}
