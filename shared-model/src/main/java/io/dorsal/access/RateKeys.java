package io.dorsal.access;

import java.util.Arrays;
import java.util.Base64;

/**
 * Names whose minute it is, without telling: 128 bits of a digest, behind the dimension's place, so
 * that their order is the order of the dimensions.
 */
final class RateKeys {

  private static final int BYTES = 16;

  private RateKeys() {}

  static String of(Dimension dimension, String name) {
    byte[] digest = Arrays.copyOf(Sha256.of(name), BYTES);
    return dimension.place() + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }
}
