package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlobLocationTests {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "https://whales.blob.core.windows.net, https://whales.blob.core.windows.net, whales, -",
        "https://whales.blob.core.windows.net/, https://whales.blob.core.windows.net, whales, -",
        "https://whales.blob.core.windows.net/c, https://whales.blob.core.windows.net, whales, c",
        "https://whales.blob.core.windows.net/c/d/e.jpg, https://whales.blob.core.windows.net,"
            + " whales, c",
        "https://whales.z01.blob.storage.azure.net/c, https://whales.z01.blob.storage.azure.net,"
            + " whales, c",
        "http://127.0.0.1:10000/source, http://127.0.0.1:10000/source, source, -",
        "http://127.0.0.1:10000/source/, http://127.0.0.1:10000/source, source, -",
        "http://127.0.0.1:10000/source/c/d, http://127.0.0.1:10000/source, source, c",
        "http://localhost/source/c, http://localhost/source, source, c",
        "http://[::1]:10000/source/c, http://[::1]:10000/source, source, c",
      })
  void splitsEndpointAccountAndContainer(
      String url, String endpoint, String account, @Nullable String container) {
    assertThat(BlobLocation.of(URI.create(url)))
        .isEqualTo(new BlobLocation(endpoint, account, container));
  }
}
