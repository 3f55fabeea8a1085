package io.dorsal.access;

import java.util.UUID;

/** What a tenant settled of its limits, at most five seconds old. Thread-safe. */
public interface TenantRates {

  /** Units a minute, for one token or key, one user and the whole tenant. */
  record Rates(int token, int user, int tenant) {}

  /** The tenant's; the defaults where it settled nothing. */
  Rates rates(UUID tenantId);
}
