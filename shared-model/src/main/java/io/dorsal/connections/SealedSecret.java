package io.dorsal.connections;

import io.dorsal.connections.WrappingKey.Wrapped;

/**
 * A secret at rest.
 *
 * @param ciphertext AES-256-GCM under a data key of its own
 * @param wrappedKey that data key under a wrapping key
 * @param wrappingKey which wrapping key, and which version of it
 */
public record SealedSecret(byte[] ciphertext, byte[] wrappedKey, String wrappingKey) {

  /** No secret at all. */
  static final SealedSecret NONE = new SealedSecret(new byte[0], new byte[0], "");

  /** The same, of which the wrapped key is encrypted with a part of the key. */
  SealedSecret under(byte[] part, String place) {
    return new SealedSecret(ciphertext, AesGcm.encrypt(part, wrappedKey, place), wrappingKey);
  }

  /** What {@link #under} was asked of. */
  SealedSecret without(byte[] part, String place) {
    return new SealedSecret(ciphertext, AesGcm.decrypt(part, wrappedKey, place), wrappingKey);
  }

  Wrapped wrapped() {
    return new Wrapped(wrappingKey, wrappedKey);
  }
}
