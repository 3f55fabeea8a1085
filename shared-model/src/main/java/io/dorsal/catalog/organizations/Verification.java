package io.dorsal.catalog.organizations;

import java.util.EnumSet;
import java.util.Set;

/** How far a tenant's administrators vouch for an organization. */
public enum Verification {
  /** Nobody has looked at it yet. */
  UNVERIFIED,
  /** Seen and being looked into. */
  ACKNOWLEDGED,
  VERIFIED,
  REJECTED,
  /** It was verified and is no longer. */
  REVOKED;

  /** What may be decided from here. */
  public Set<Verification> next() {
    return switch (this) {
      case UNVERIFIED, REJECTED, REVOKED -> EnumSet.of(ACKNOWLEDGED);
      case ACKNOWLEDGED -> EnumSet.of(VERIFIED, REJECTED);
      case VERIFIED -> EnumSet.of(REVOKED);
    };
  }
}
