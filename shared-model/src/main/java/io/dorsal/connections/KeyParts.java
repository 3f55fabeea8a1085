package io.dorsal.connections;

import io.dorsal.access.TenantRemains;
import java.util.UUID;

/**
 * A part of the key to each connection's secrets, kept outside of the database: what the wrapping
 * key wrapped is encrypted with it once more. A copy of the database therefore opens no secret of a
 * connection whose part was deleted, whoever holds the wrapping key. Thread-safe.
 */
interface KeyParts extends TenantRemains {

  /**
   * The connection's part, made where there is none. Of two that make one, the first is kept. It is
   * kept before the connection is, so that no connection is without.
   */
  byte[] made(UUID tenantId, UUID connectionId);

  /**
   * The connection's part.
   *
   * @throws IllegalStateException where it was deleted
   */
  byte[] of(UUID tenantId, UUID connectionId);

  /** Deletes the part, there or not. */
  void delete(UUID tenantId, UUID connectionId);

  @Override
  default String kind() {
    return "key_parts";
  }
}
