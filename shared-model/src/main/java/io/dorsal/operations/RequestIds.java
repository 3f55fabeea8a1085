package io.dorsal.operations;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id a caller and an operator know one request by, from {@code X-Request-Id}. */
public final class RequestIds {

  public static final String HEADER = "X-Request-Id";

  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{8,64}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private RequestIds() {}

  /** The caller's id where it has the accepted form, otherwise a new one. */
  public static String accept(@Nullable String given, Clock clock) {
    return Optional.ofNullable(given)
        .filter(ACCEPTED.asMatchPredicate())
        .orElseGet(() -> uuid7(clock.millis()).toString());
  }

  /** RFC 9562, section 5.7: 48 bits of milliseconds, version, 12 random bits, variant, 62 more. */
  static UUID uuid7(long millis) {
    long high = (millis << 16) | 0x7000L | (RANDOM.nextLong() & 0x0fffL);
    long low = 0x8000000000000000L | (RANDOM.nextLong() >>> 2);
    return new UUID(high, low);
  }
}
