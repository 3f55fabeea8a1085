package io.dorsal.connections;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Dorsal's own storage account, into which photographs are copied.
 *
 * @param endpoint the account's blob endpoint
 * @param key the account's key; without one, as in Azure, Dorsal's managed identity signs in
 * @param container where everything lies, made when missing
 */
@ConfigurationProperties("dorsal.store")
public record StoreSettings(
    @Nullable String endpoint, @Nullable String key, @DefaultValue("dorsal") String container) {

  public StoreSettings {
    if (!Connection.isContainerName(container)) {
      throw new IllegalArgumentException("DORSAL_STORE_CONTAINER must be a container's name.");
    }
  }

  @Override
  public String toString() {
    return "StoreSettings[endpoint=" + endpoint + ", container=" + container + "]";
  }
}
