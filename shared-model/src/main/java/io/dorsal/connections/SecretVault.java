package io.dorsal.connections;

import java.util.UUID;

/** Seals secrets at rest. Thread-safe. */
public interface SecretVault {

  /**
   * @param associatedData where the secret belongs; it opens nowhere else
   */
  SealedSecret seal(String secret, String associatedData);

  /**
   * @throws IllegalStateException where the secret was sealed for another place or by another key
   */
  String open(SealedSecret sealed, String associatedData);

  /** Eight hex digits that tell two secrets of a tenant apart and reveal nothing. */
  String fingerprint(UUID tenantId, String secret);
}
