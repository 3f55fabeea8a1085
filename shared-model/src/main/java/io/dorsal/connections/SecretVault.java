package io.dorsal.connections;

import com.azure.core.credential.TokenCredential;
import io.dorsal.connections.WrappingKey.Wrapped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Seals secrets at rest, each under a random data key of its own, which the newest wrapping key
 * wraps: that of Azure Key Vault where one is set, else, in the local profile only, the key file.
 * What an older one wrapped opens as long as that key is still there. Thread-safe.
 */
@Component
public class SecretVault {

  private final List<WrappingKey> keys;

  @Autowired
  SecretVault(
      ConnectionSettings settings,
      KeyVaultSettings keyVault,
      ObjectProvider<TokenCredential> identity) {
    this(keys(settings, keyVault, identity));
  }

  /**
   * @param keys the newest first
   */
  SecretVault(List<WrappingKey> keys) {
    this.keys = List.copyOf(keys);
  }

  private static List<WrappingKey> keys(
      ConnectionSettings settings,
      KeyVaultSettings keyVault,
      ObjectProvider<TokenCredential> identity) {
    var file = new KeyFile(settings.keyFile());
    if (keyVault.key() == null) {
      if (!settings.local()) {
        throw new IllegalStateException(
            "DORSAL_KEY_VAULT_KEY is not set; a key file is for the local profile only.");
      }
      return List.of(file);
    }
    TokenCredential own = identity.getIfAvailable();
    if (own == null) {
      throw new IllegalStateException(
          "DORSAL_KEY_VAULT_KEY needs Dorsal's identity, which the local profile has not.");
    }
    var http = BlobAccess.http(settings.storageTimeout());
    return List.of(new KeyVaultKey(keyVault.key(), own, http), file);
  }

  /**
   * Seals a secret.
   *
   * @param associatedData where the secret belongs; it opens nowhere else
   */
  public SealedSecret seal(String secret, String associatedData) {
    byte[] dataKey = AesGcm.randomKey();
    byte[] ciphertext =
        AesGcm.encrypt(dataKey, secret.getBytes(StandardCharsets.UTF_8), associatedData);
    Wrapped wrapped = keys.getFirst().wrap(dataKey, associatedData);
    return new SealedSecret(ciphertext, wrapped.bytes(), wrapped.keyId());
  }

  /**
   * Opens a secret.
   *
   * @throws IllegalStateException where the secret was sealed for another place or by another key
   */
  public String open(SealedSecret sealed, String associatedData) {
    byte[] dataKey = unwrapped(sealed.wrapped(), associatedData);
    return new String(
        AesGcm.decrypt(dataKey, sealed.ciphertext(), associatedData), StandardCharsets.UTF_8);
  }

  /** The key and version that wraps now. */
  String newestKey() {
    return keys.getFirst().newest();
  }

  /**
   * The same data key under the newest wrapping key.
   *
   * @throws IllegalStateException where the older one is gone
   */
  Wrapped rewrapped(Wrapped wrapped, String associatedData) {
    return keys.getFirst().wrap(unwrapped(wrapped, associatedData), associatedData);
  }

  private byte[] unwrapped(Wrapped wrapped, String associatedData) {
    return keys.stream()
        .filter(key -> key.opens(wrapped.keyId()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("The key that wrapped this secret is not here."))
        .unwrap(wrapped, associatedData);
  }
}
