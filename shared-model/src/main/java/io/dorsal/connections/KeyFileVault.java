package io.dorsal.connections;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Envelope encryption with a key file: AES-256-GCM (NIST SP 800-38D), 96-bit random nonces, 128-bit
 * tags. The file is made, readable by its owner only, when it does not exist.
 */
@Component
class KeyFileVault implements SecretVault {

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final Path file;

  KeyFileVault(ConnectionSettings settings) {
    this.file = settings.keyFile();
  }

  @Override
  public SealedSecret seal(String secret, String associatedData) {
    byte[] dataKey = randomBytes(KEY_BYTES);
    byte[] ciphertext = encrypt(dataKey, secret.getBytes(StandardCharsets.UTF_8), associatedData);
    return new SealedSecret(ciphertext, encrypt(vaultKey(), dataKey, associatedData));
  }

  @Override
  public String open(SealedSecret sealed, String associatedData) {
    byte[] dataKey = decrypt(vaultKey(), sealed.wrappedKey(), associatedData);
    return new String(
        decrypt(dataKey, sealed.ciphertext(), associatedData), StandardCharsets.UTF_8);
  }

  @Override
  public String fingerprint(UUID tenantId, String secret) {
    byte[] tenantKey = hmac(vaultKey(), "fingerprint|" + tenantId);
    return HexFormat.of().formatHex(hmac(tenantKey, secret), 0, 4);
  }

  private byte[] encrypt(byte[] key, byte[] plain, String associatedData) {
    byte[] nonce = randomBytes(NONCE_BYTES);
    byte[] body = gcm(Cipher.ENCRYPT_MODE, key, nonce, plain, associatedData);
    byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + body.length);
    System.arraycopy(body, 0, sealed, NONCE_BYTES, body.length);
    return sealed;
  }

  private byte[] decrypt(byte[] key, byte[] sealed, String associatedData) {
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

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private synchronized byte[] vaultKey() {
    try {
      if (!Files.exists(file)) {
        makeKeyFile();
      }
      byte[] key = Files.readAllBytes(file);
      if (key.length != KEY_BYTES) {
        throw new IllegalStateException("The key file " + file + " does not hold 32 bytes.");
      }
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException("The key file " + file + " cannot be read or made.", e);
    }
  }

  /** Two processes may start at once: the file appears whole, and the first one wins. */
  private void makeKeyFile() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path draft =
        Files.createTempFile(
            folder,
            "key",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.write(draft, randomBytes(KEY_BYTES));
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // The other process made it; its key is the one.
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
