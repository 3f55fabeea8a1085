package io.dorsal.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return dimension.place()
          + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
