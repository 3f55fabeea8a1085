package io.dorsal.connections;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where Azure Key Vault holds the key that wraps the data keys.
 *
 * @param key the key's id without a version, {@code https://NAME.vault.azure.net/keys/KEY}; null
 *     for the key file
 */
@ConfigurationProperties("dorsal.key-vault")
public record KeyVaultSettings(@Nullable URI key) {

  private static final List<String> SUFFIXES =
      List.of(
          ".vault.azure.net",
          ".vault.azure.cn",
          ".vault.usgovcloudapi.net",
          ".managedhsm.azure.net");

  public KeyVaultSettings {
    if (key != null && !isKey(key)) {
      throw new IllegalArgumentException(
          "DORSAL_KEY_VAULT_KEY must be a key's id without a version, such as"
              + " https://NAME.vault.azure.net/keys/KEY.");
    }
  }

  private static boolean isKey(URI key) {
    return "https".equals(key.getScheme())
        && key.getHost() != null
        && SUFFIXES.stream().anyMatch(key.getHost()::endsWith)
        && String.valueOf(key.getRawPath()).matches("/keys/[0-9A-Za-z-]{1,127}")
        && key.getRawUserInfo() == null
        && key.getPort() == -1
        && key.getRawQuery() == null
        && key.getRawFragment() == null;
  }
}
