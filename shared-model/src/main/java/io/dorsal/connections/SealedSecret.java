package io.dorsal.connections;

/**
 * A secret at rest.
 *
 * @param ciphertext AES-256-GCM under a data key of its own
 * @param wrappedKey that data key under the vault's key
 */
public record SealedSecret(byte[] ciphertext, byte[] wrappedKey) {}
