package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import io.dorsal.connections.FakeAzure.Answer;
import io.dorsal.connections.FakeAzure.Asked;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** Dorsal's identity, before a server that plays Azure. */
@SuppressWarnings("NullAway.Init")
class ManagedIdentityTests {

  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final TokenCredential IDENTITY =
      request ->
          Mono.just(new AccessToken("MARKER", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));

  private final FakeAzure azure = new FakeAzure(this::answer);
  private volatile Instant now = START;
  private volatile int status = 200;
  private volatile String code = "";

  @TempDir Path folder;

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  @AfterEach
  void stop() {
    azure.close();
  }

  private Answer answer(Asked asked) {
    if (asked.target().startsWith("/identity")) {
      long end = Instant.now().plusSeconds(3_600).getEpochSecond();
      return asked.secret().equals("header")
          ? Answer.json(
              "{\"access_token\":\"MARKER\",\"token_type\":\"Bearer\",\"resource\":\"r\","
                  + "\"expires_on\":\""
                  + end
                  + "\"}")
          : Answer.refused(401, "Unauthorized");
    }
    if (status != 200) {
      return Answer.refused(status, code);
    }
    String start = said(asked.body(), "Start");
    String end = said(asked.body(), "Expiry");
    return Answer.xml(
        "<UserDelegationKey><SignedOid>oid</SignedOid><SignedTid>tid</SignedTid><SignedStart>"
            + start
            + "</SignedStart><SignedExpiry>"
            + end
            + "</SignedExpiry><SignedService>b</SignedService>"
            + "<SignedVersion>2024-11-04</SignedVersion><Value>TUFSS0VS</Value>"
            + "</UserDelegationKey>");
  }

  private static String said(String xml, String name) {
    return xml.replaceFirst("(?s).*<" + name + ">(.*?)</" + name + ">.*", "$1");
  }

  private ReadLinks links() {
    var settings =
        new ConnectionSettings("azure", folder.resolve("key"), List.of(), Duration.ofSeconds(5));
    var vault = new SecretVault(List.of(new KeyFile(settings.keyFile())));
    var secrets =
        new ConnectionSecrets(vault, _ -> new byte[32], new KeyPartFiles(settings.keyFile()));
    return new ReadLinks(
        new BlobAccess(secrets, settings, IDENTITY, azure.client()), settings, clock);
  }

  private static ReadLink link(ReadLinks links, String blob) {
    return links.to(connection(), new Credential.Identity(), "photos", blob);
  }

  private static Connection connection() {
    return new Connection(
        UUID.randomUUID(),
        0,
        UUID.randomUUID(),
        "A",
        "a",
        ConnectionKind.AZURE_BLOB,
        AuthType.MANAGED_IDENTITY,
        "whales",
        "https://whales.blob.core.windows.net",
        List.of(),
        ConnectionStatus.OK,
        null,
        null,
        1,
        "",
        new byte[0],
        new byte[0],
        "",
        Capabilities.UNKNOWN,
        null,
        null,
        "ann",
        START,
        START,
        null);
  }

  @Test
  void aTokenForOneBlobIsSignedWithTheIdentitysKey() {
    String url = link(links(), "2024/a.jpg").get();
    assertThat(url).startsWith("https://whales.blob.core.windows.net/photos/2024%2Fa.jpg?");
    assertThat(SasToken.parse(url).parameters())
        .containsEntry("sr", "b")
        .containsEntry("sp", "r")
        .containsEntry("spr", "https")
        .containsEntry("skoid", "oid")
        .containsEntry("st", "2026-11-21T09:55:00Z")
        .containsEntry("se", "2026-11-21T11:00:00Z")
        .containsEntry("ske", "2026-11-21T16:00:00Z")
        .doesNotContainKey("sip");
    assertThat(azure.asked())
        .singleElement()
        .satisfies(
            asked -> {
              assertThat(asked.target()).contains("comp=userdelegationkey");
              assertThat(asked.authorization()).isEqualTo("Bearer MARKER");
            });
  }

  @Test
  void theKeyServesAllBlobsOfAnAccountForFiveHours() {
    ReadLinks links = links();
    String first = link(links, "a.jpg").get();
    assertThat(link(links, "b.jpg").get()).isNotEqualTo(first);
    now = START.plus(Duration.ofHours(5)).minusSeconds(1);
    link(links, "c.jpg");
    assertThat(azure.asked()).hasSize(1);
    now = START.plus(Duration.ofHours(5));
    assertThat(SasToken.parse(link(links, "d.jpg").get()).parameters())
        .containsEntry("ske", "2026-11-21T21:00:00Z");
    assertThat(azure.asked()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "403, AuthorizationPermissionMismatch, IDENTITY_DELEGATOR_MISSING",
    "503, ServerBusy, SOURCE_BUSY"
  })
  void anAccountThatGivesNoKeySaysWhy(int answered, String said, ConnectionProblem problem) {
    status = answered;
    code = said;
    ReadLinks links = links();
    var refusal = catchThrowableOfType(CopyRefusedException.class, () -> link(links, "a.jpg"));
    assertThat(refusal.verdict().problem()).isEqualTo(problem);
    assertThat(problem == ConnectionProblem.SOURCE_BUSY).isEqualTo(refusal.verdict().retryable());
    status = 200;
    assertThat(link(links, "a.jpg").get()).contains("skoid=oid");
  }

  /**
   * What App Service and Container Apps offer; it is told by variables, so a process of its own.
   */
  @Test
  void theIdentityEndpointGivesTokensWithoutTheLibrarysDesktopParts() throws Exception {
    String libraries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(part -> !part.contains("/jna") && !part.contains("msal4j-persistence"))
            .collect(Collectors.joining(File.pathSeparator));
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            libraries,
            SignIn.class.getName());
    builder
        .environment()
        .putAll(
            Map.of(
                "IDENTITY_ENDPOINT", azure.address() + "/identity", "IDENTITY_HEADER", "header"));
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("token of 6");
    assertThat(azure.asked().getFirst().target())
        .contains("resource=https%3A%2F%2Fstorage.azure.com", "client_id=whale-id");
  }

  /** Signs in as Dorsal does. */
  static final class SignIn {
    private SignIn() {}

    public static void main(String[] arguments) {
      var request = new TokenRequestContext().addScopes("https://storage.azure.com/.default");
      AccessToken token =
          Objects.requireNonNull(
              new DorsalIdentity(new IdentitySettings("whale-id")).getTokenSync(request));
      System.out.println("token of " + token.getToken().length());
    }
  }
}
