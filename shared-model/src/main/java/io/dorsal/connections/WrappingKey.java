package io.dorsal.connections;

/** Wraps the data keys that secrets are sealed with. Thread-safe. */
interface WrappingKey {

  /**
   * A data key under a wrapping key.
   *
   * @param keyId which key, and which version of it
   */
  record Wrapped(String keyId, byte[] bytes) {

    /** The same, encrypted with a part of the key. */
    Wrapped under(byte[] part, String place) {
      return new Wrapped(keyId, AesGcm.encrypt(part, bytes, place));
    }

    /**
     * What {@link #under} was asked of.
     *
     * @throws IllegalStateException where it was another part, or another place
     */
    Wrapped without(byte[] part, String place) {
      return new Wrapped(keyId, AesGcm.decrypt(part, bytes, place));
    }
  }

  /** The key and version that wraps now. */
  String newest();

  /** Whether the data keys of this key, in whatever version, can be opened here. */
  boolean opens(String keyId);

  /**
   * @param place where the data key belongs; a key that can binds it to there
   */
  Wrapped wrap(byte[] dataKey, String place);

  /**
   * @throws IllegalStateException where it was wrapped by another key, or for another place
   */
  byte[] unwrap(Wrapped wrapped, String place);
}
