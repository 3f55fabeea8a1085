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

  /** The same secret, of which the data key is wrapped so. */
  SealedSecret with(Wrapped wrapped) {
    return new SealedSecret(ciphertext, wrapped.bytes(), wrapped.keyId());
  }

  Wrapped wrapped() {
    return new Wrapped(wrappingKey, wrappedKey);
  }
}
