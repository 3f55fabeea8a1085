package io.dorsal.access;

import java.util.Map;

/**
 * What is left of a minute in the tightest dimension.
 *
 * @param limit units a minute
 * @param remaining units that may still be taken now
 * @param reset when more come back, in seconds since 1970
 */
public record Budget(int limit, int remaining, long reset) {

  /** What every answer tells. */
  public Map<String, String> headers() {
    return Map.of(
        "X-RateLimit-Limit", String.valueOf(limit),
        "X-RateLimit-Remaining", String.valueOf(remaining),
        "X-RateLimit-Reset", String.valueOf(reset));
  }
}
