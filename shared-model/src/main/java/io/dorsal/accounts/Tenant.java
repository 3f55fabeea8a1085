package io.dorsal.accounts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One customer's room of its own, with all that its administrators and the operator settle.
 * Immutable.
 *
 * @param name unique whatever the case of its letters
 * @param purgeAfter when everything of it goes; null unless it is DELETING
 * @param version grows with each change; becomes the entity tag
 */
public record Tenant(
    UUID id,
    String name,
    String displayName,
    TenantStatus status,
    Instant createdAt,
    Settled settled,
    @Nullable Instant purgeAfter,
    int version) {

  /** Every setting as it holds at this time. */
  TenantSettings settings(Instant now) {
    return TenantSettings.of(settled.inForce(now));
  }

  /** The same, called and settled otherwise. */
  Tenant with(String otherDisplayName, Settled other) {
    return new Tenant(id, name, otherDisplayName, status, createdAt, other, purgeAfter, version);
  }

  /** The same, let in, kept out, or to be purged after that time. */
  Tenant in(TenantStatus other, @Nullable Instant end) {
    return new Tenant(id, name, displayName, other, createdAt, settled, end, version);
  }
}
