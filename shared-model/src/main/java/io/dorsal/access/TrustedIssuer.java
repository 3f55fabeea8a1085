package io.dorsal.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A provider whose tokens count.
 *
 * @param name the one accepted value of {@code iss}; a slash at its end is ignored
 * @param audience must be contained in a token's audience
 * @param tenantId the only tenant its tokens may name; null for the provider of all tenants
 */
record TrustedIssuer(String name, String audience, KeySet keys, @Nullable UUID tenantId) {

  /** Whether its tokens may name this tenant. */
  boolean speaksFor(UUID tenant) {
    return tenantId == null || tenantId.equals(tenant);
  }
}
