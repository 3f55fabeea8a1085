package io.dorsal.connections;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How other people's storage is reached.
 *
 * @param profile {@code azure}, or {@code local}, which allows http endpoints and private addresses
 * @param keyFile the vault's key
 * @param allowedEndpointHosts hosts beyond Azure's own suffixes
 * @param storageTimeout patience for one request to a store, a source's with its body
 */
@ConfigurationProperties("dorsal")
public record ConnectionSettings(
    @DefaultValue("azure") String profile,
    @DefaultValue(".dorsal/keys/vault.key") Path keyFile,
    @DefaultValue List<String> allowedEndpointHosts,
    @DefaultValue("30s") Duration storageTimeout) {

  public ConnectionSettings {
    if (!profile.equals("azure") && !profile.equals("local")) {
      throw new IllegalArgumentException("DORSAL_PROFILE must be azure or local.");
    }
    if (!storageTimeout.isPositive()) {
      throw new IllegalArgumentException("DORSAL_STORAGE_TIMEOUT must be positive.");
    }
  }

  private static final List<String> AZURE_SUFFIXES =
      List.of(
          ".blob.core.windows.net",
          ".blob.core.chinacloudapi.cn",
          ".blob.core.usgovcloudapi.net",
          ".blob.storage.azure.net");

  boolean local() {
    return profile.equals("local");
  }

  /** Whether the host is one of Azure's own blob endpoints. */
  static boolean isAzure(URI endpoint) {
    String host = String.valueOf(endpoint.getHost()).toLowerCase(Locale.ROOT);
    return AZURE_SUFFIXES.stream().anyMatch(host::endsWith);
  }

  /** An endpoint is shown and kept in plain, so it holds nothing that could be a secret. */
  boolean allows(URI endpoint) {
    if (endpoint.getHost() == null
        || endpoint.getScheme() == null
        || endpoint.getRawUserInfo() != null
        || endpoint.getRawQuery() != null
        || endpoint.getRawFragment() != null) {
      return false;
    }
    if (local()) {
      return endpoint.getScheme().equals("http") || endpoint.getScheme().equals("https");
    }
    String host = endpoint.getHost();
    return endpoint.getScheme().equals("https")
        && endpoint.getRawPath().isEmpty()
        && (isAzure(endpoint) || allowedEndpointHosts.stream().anyMatch(host::equalsIgnoreCase));
  }
}
