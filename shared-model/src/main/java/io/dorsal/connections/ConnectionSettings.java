package io.dorsal.connections;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How other people's storage is reached.
 *
 * @param profile {@code local} allows http endpoints and private addresses
 * @param keyFile the vault's key
 * @param allowedEndpointHosts hosts beyond Azure's own suffixes
 * @param storageTimeout patience for one storage request
 */
@ConfigurationProperties("dorsal")
public record ConnectionSettings(
    @DefaultValue("azure") String profile,
    @DefaultValue(".dorsal/keys/vault.key") Path keyFile,
    @DefaultValue List<String> allowedEndpointHosts,
    @DefaultValue("30s") Duration storageTimeout) {

  private static final List<String> AZURE_SUFFIXES =
      List.of(
          ".blob.core.windows.net",
          ".blob.core.chinacloudapi.cn",
          ".blob.core.usgovcloudapi.net",
          ".blob.storage.azure.net");

  boolean local() {
    return profile.equals("local");
  }

  boolean allows(java.net.URI endpoint) {
    if (endpoint.getHost() == null || endpoint.getScheme() == null) {
      return false;
    }
    if (local()) {
      return endpoint.getScheme().startsWith("http");
    }
    String host = endpoint.getHost().toLowerCase(java.util.Locale.ROOT);
    return endpoint.getScheme().equals("https")
        && (AZURE_SUFFIXES.stream().anyMatch(host::endsWith)
            || allowedEndpointHosts.contains(host));
  }
}
