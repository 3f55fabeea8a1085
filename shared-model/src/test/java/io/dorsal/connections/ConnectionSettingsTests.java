package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSettingsTests {

  private static final ConnectionSettings AZURE = settings("azure");
  private static final ConnectionSettings LOCAL = settings("local");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://whales.blob.core.windows.net",
        "https://WHALES.Blob.Core.Windows.Net",
        "https://whales.z01.blob.storage.azure.net",
        "https://whales.blob.core.chinacloudapi.cn",
        "https://whales.blob.core.usgovcloudapi.net",
        "https://photos.example.org",
        "https://PHOTOS.example.org",
      })
  void azureAllowsItsOwnHostsAndTheOperators(String endpoint) {
    assertThat(AZURE.allows(URI.create(endpoint))).isTrue();
    assertThat(LOCAL.allows(URI.create(endpoint))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://whales.blob.core.windows.net",
        "http://127.0.0.1:10000/source",
        "https://127.0.0.1/source",
        "https://localhost/source",
        "https://10.0.0.4",
        "https://[::1]/source",
        "https://169.254.169.254",
        "https://blob.core.windows.net",
        "https://whales.blob.core.windows.net.evil.example",
        "https://evilblob.core.windows.net",
        "https://sub.photos.example.org",
        "https://whales.blob.core.windows.net/container",
        "ftp://whales.blob.core.windows.net",
      })
  void azureRefusesOthers(String endpoint) {
    assertThat(AZURE.allows(URI.create(endpoint))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://whales.blob.core.windows.net?sv=2024&sig=abc",
        "https://user:pass@whales.blob.core.windows.net",
        "https://whales.blob.core.windows.net#sig",
        "whales.blob.core.windows.net",
        "mailto:ann@example.org",
        "httpx://127.0.0.1/source",
      })
  void nothingThatCouldHoldASecretIsAnEndpointAnywhere(String endpoint) {
    assertThat(AZURE.allows(URI.create(endpoint))).isFalse();
    assertThat(LOCAL.allows(URI.create(endpoint))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:10000/source", "https://localhost/source"})
  void localAllowsEmulators(String endpoint) {
    assertThat(LOCAL.allows(URI.create(endpoint))).isTrue();
  }

  private static ConnectionSettings settings(String profile) {
    return new ConnectionSettings(
        profile, Path.of("unused"), List.of("photos.example.ORG"), Duration.ofSeconds(30));
  }
}
