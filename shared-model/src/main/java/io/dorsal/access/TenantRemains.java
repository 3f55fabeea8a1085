package io.dorsal.access;

import java.util.UUID;

/** Things of a tenant outside of the database, which go when the tenant is purged. */
public interface TenantRemains {

  /** What they are called in the certificate of deletion, such as {@code blobs}. */
  String kind();

  /**
   * Removes some of them for good; safe to be called again.
   *
   * @param most how many at once
   * @return how many were removed; 0 when nothing is left
   */
  long remove(UUID tenantId, int most);
}
