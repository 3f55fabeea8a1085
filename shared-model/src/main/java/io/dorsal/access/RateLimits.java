package io.dorsal.access;

import java.util.UUID;

/**
 * A tenant's limits in units a minute.
 *
 * @param token for each token or key
 * @param user for each user
 * @param tenant for all of them together
 */
public record RateLimits(int token, int user, int tenant) {

  /** Where the tenant's settings say nothing. */
  public static final RateLimits DEFAULT = new RateLimits(1_000, 5_000, 50_000);

  /** Where the limits stand. Thread-safe and fast: it is asked at every call. */
  public interface Settings {
    RateLimits of(UUID tenantId);
  }
}
