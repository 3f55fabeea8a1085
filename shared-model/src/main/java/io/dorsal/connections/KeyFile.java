package io.dorsal.connections;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A wrapping key in a file, bound to the place of each data key. The file is made, readable by its
 * owner only, when it does not exist.
 */
final class KeyFile implements WrappingKey {

  /** Before the first 16 hex digits of the key's SHA-256, which tell two files' keys apart. */
  private static final String SCHEME = "file:";

  private final Path file;

  KeyFile(Path file) {
    this.file = file;
  }

  @Override
  public String newest() {
    return idOf(key());
  }

  /**
   * Also what was wrapped before keys had ids; whether it is of this very file, unwrapping tells.
   */
  @Override
  public boolean opens(String keyId) {
    return keyId.startsWith(SCHEME);
  }

  @Override
  public Wrapped wrap(byte[] dataKey, String place) {
    byte[] key = key();
    return new Wrapped(idOf(key), AesGcm.encrypt(key, dataKey, place));
  }

  @Override
  public byte[] unwrap(Wrapped wrapped, String place) {
    return AesGcm.decrypt(key(), wrapped.bytes(), place);
  }

  private static String idOf(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return SCHEME + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized byte[] key() {
    try {
      if (!Files.exists(file)) {
        OwnersFile.make(file, AesGcm.randomKey());
      }
      byte[] key = Files.readAllBytes(file);
      if (key.length != AesGcm.KEY_BYTES) {
        throw new IllegalStateException("The key file " + file + " does not hold 32 bytes.");
      }
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException("The key file " + file + " cannot be read or made.", e);
    }
  }
}
