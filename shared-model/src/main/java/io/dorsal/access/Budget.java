package io.dorsal.access;

import java.util.List;
import java.util.Map;

/**
 * What is left of a minute in the tightest dimension.
 *
 * @param limit units a minute
 * @param remaining units that may still be taken now
 * @param reset when more come back, in seconds since 1970
 */
public record Budget(int limit, int remaining, long reset) {

  private static final String LIMIT = "X-RateLimit-Limit";
  private static final String REMAINING = "X-RateLimit-Remaining";
  private static final String RESET = "X-RateLimit-Reset";

  /** The names of {@link #headers()}. */
  public static final List<String> HEADERS = List.of(LIMIT, REMAINING, RESET);

  /** What every answer tells. */
  public Map<String, String> headers() {
    return Map.of(
        LIMIT, String.valueOf(limit),
        REMAINING, String.valueOf(remaining),
        RESET, String.valueOf(reset));
  }
}
