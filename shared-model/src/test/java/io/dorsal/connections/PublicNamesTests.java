package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenCredential;
import io.dorsal.operations.TraceContext;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Section 1.1: private addresses only in the local profile, whatever a name is. */
class PublicNamesTests {

  @Test
  void publicAddressesAreGivenAsTheyAre() throws UnknownHostException {
    assertThat(names("20.60.1.1", "2603:1030::1").lookup("whales.blob.core.windows.net"))
        .containsExactly(InetAddress.ofLiteral("20.60.1.1"), InetAddress.ofLiteral("2603:1030::1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "10.0.0.4", "169.254.169.254", "192.168.1.1", "::1", "fd00::1"})
  void nameThatLeadsElsewhereIsUnknownThoughAnotherAddressIsPublic(String address) {
    assertThatThrownBy(() -> names("20.60.1.1", address).lookup("whales.blob.core.windows.net"))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void inAzureNothingOfThisMachineIsConnectedTo() throws Exception {
    try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String endpoint = "https://localhost:" + listening.getLocalPort();
      var container = access("azure").container(connection(endpoint), KEY, "photos", trace());
      assertThatThrownBy(container::exists).rootCause().isInstanceOf(UnknownHostException.class);
      listening.setSoTimeout(300);
      assertThatThrownBy(listening::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void localStacksLieOnThisMachine() throws Exception {
    try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String endpoint = "http://localhost:" + listening.getLocalPort();
      var container = access("local").container(connection(endpoint), KEY, "photos", trace());
      var asking =
          Thread.ofVirtual().start(() -> assertThatThrownBy(container::exists).isNotNull());
      listening.setSoTimeout(10_000);
      listening.accept().close();
      asking.interrupt();
    }
  }

  static final Credential KEY = new Credential.AccountKey("whales", Credential.EMULATOR_KEY, null);

  private static TraceContext trace() {
    return TraceContext.start();
  }

  private static PublicNames names(String... addresses) {
    return new PublicNames(host -> Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
  }

  private static BlobAccess access(String profile) {
    return access(profile, Duration.ofSeconds(5));
  }

  static BlobAccess access(String profile, Duration patience) {
    var settings = new ConnectionSettings(profile, Path.of("unused"), List.of(), patience);
    var vault = new SecretVault(List.of(new KeyFile(settings.keyFile())));
    return new BlobAccess(
        new ConnectionSecrets(vault, _ -> new byte[32], new KeyPartFiles(settings.keyFile())),
        settings,
        new StaticListableBeanFactory().getBeanProvider(TokenCredential.class));
  }

  static Connection connection(String endpoint) {
    Instant now = Instant.now();
    return new Connection(
        UUID.randomUUID(),
        0,
        UUID.randomUUID(),
        "Whales",
        "whales",
        ConnectionKind.AZURE_BLOB,
        AuthType.CONNECTION_STRING,
        "whales",
        endpoint,
        List.of(),
        ConnectionStatus.OK,
        null,
        null,
        1,
        "00000000",
        new byte[0],
        new byte[0],
        "",
        Capabilities.UNKNOWN,
        null,
        null,
        "ann",
        now,
        now,
        null);
  }
}
