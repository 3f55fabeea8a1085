package io.dorsal.connections;

import java.util.UUID;

/** A random key of each tenant, made when it is first asked for. Thread-safe. */
@FunctionalInterface
interface TenantKeys {

  /** What the tenant's fingerprints are made with; the same for ever. */
  byte[] of(UUID tenantId);
}
