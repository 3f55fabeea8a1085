package io.dorsal.connections;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where parts of keys lie: beside the key file, or in Dorsal's store where a Key Vault wraps. */
@Configuration(proxyBeanMethods = false)
class KeyPartsPlace {

  @Bean
  KeyParts keyParts(KeyVaultSettings keyVault, ConnectionSettings settings, OwnStore store) {
    return keyVault.key() == null ? new KeyPartFiles(settings.keyFile()) : new KeyPartBlobs(store);
  }
}
