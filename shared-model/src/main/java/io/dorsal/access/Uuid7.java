package io.dorsal.access;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * The maker of every id that the database does not make itself: UUIDs of version 7 (RFC 9562,
 * section 5.7), which are in the order of their making and so lie side by side in an index.
 * Thread-safe.
 */
public final class Uuid7 {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Uuid7() {}

  /** A new id. */
  public static UUID next() {
    return at(System.currentTimeMillis());
  }

  /** 48 bits of milliseconds, version, 12 random bits, variant, 62 more. */
  public static UUID at(long millis) {
    long high = (millis << 16) | 0x7000L | (RANDOM.nextLong() & 0x0fffL);
    long low = 0x8000000000000000L | (RANDOM.nextLong() >>> 2);
    return new UUID(high, low);
  }
}
