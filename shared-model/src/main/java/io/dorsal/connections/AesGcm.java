package io.dorsal.connections;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D): 96-bit random nonces before the ciphertext, 128-bit tags behind.
 */
final class AesGcm {

  static final int KEY_BYTES = 32;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private AesGcm() {}

  static byte[] randomKey() {
    return randomBytes(KEY_BYTES);
  }

  static byte[] encrypt(byte[] key, byte[] plain, String associatedData) {
    byte[] nonce = randomBytes(NONCE_BYTES);
    byte[] body = gcm(Cipher.ENCRYPT_MODE, key, nonce, plain, associatedData);
    byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + body.length);
    System.arraycopy(body, 0, sealed, NONCE_BYTES, body.length);
    return sealed;
  }

  /**
   * @throws IllegalStateException where anything differs from when it was sealed
   */
  static byte[] decrypt(byte[] key, byte[] sealed, String associatedData) {
    if (sealed.length < NONCE_BYTES) {
      throw new IllegalStateException("The sealed secret was cut.");
    }
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    byte[] body = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
    return gcm(Cipher.DECRYPT_MODE, key, nonce, body, associatedData);
  }

  private static byte[] gcm(
      int mode, byte[] key, byte[] nonce, byte[] input, String associatedData) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(associatedData.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The secret cannot be sealed or opened with this key.", e);
    }
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
