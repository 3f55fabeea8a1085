package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import io.dorsal.connections.FakeAzure.Answer;
import io.dorsal.connections.FakeAzure.Asked;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.MGF1ParameterSpec;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A vault that really wraps by RSA, in as many versions as a test rotates to. */
@SuppressWarnings("NullAway.Init")
class KeyVaultKeyTests {

  private static final URI KEY = URI.create("https://whales.vault.azure.net/keys/dorsal");
  private static final String SECRET = "sv=2024-11-04&sig=MARKER";
  private static final String HERE = "tenant|connection|1";
  private static final TokenCredential IDENTITY =
      request ->
          Mono.just(
              new AccessToken(
                  "for " + request.getScopes().getFirst(),
                  OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));

  private final Map<String, KeyPair> versions = new ConcurrentHashMap<>();
  private final FakeAzure azure = new FakeAzure(this::answer);
  private volatile String newest = "v1";
  private volatile int status = 200;

  @TempDir Path folder;

  @AfterEach
  void stop() {
    azure.close();
  }

  private Answer answer(Asked asked) {
    if (status != 200) {
      return new Answer(status, "application/json", new byte[0], Map.of());
    }
    String path = asked.target().replaceFirst("\\?.*", "").replace("/keys/dorsal", "");
    String version = path.matches("/v\\d.*") ? path.substring(1, 3) : newest;
    String kid = KEY + "/" + version;
    if (asked.method().equals("GET")) {
      return Answer.json("{\"key\":{\"kid\":\"" + kid + "\"}}");
    }
    JsonNode said = JsonMapper.shared().readTree(asked.body());
    assertThat(said.path("alg").stringValue("")).isEqualTo("RSA-OAEP-256");
    byte[] value = Base64.getUrlDecoder().decode(said.path("value").stringValue(""));
    int mode = path.endsWith("/wrapkey") ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
    String done = Base64.getUrlEncoder().withoutPadding().encodeToString(rsa(mode, version, value));
    return Answer.json("{\"kid\":\"" + kid + "\",\"value\":\"" + done + "\"}");
  }

  private byte[] rsa(int mode, String version, byte[] value) {
    try {
      KeyPair pair = versions.computeIfAbsent(version, _ -> pair());
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
      cipher.init(
          mode,
          mode == Cipher.ENCRYPT_MODE ? pair.getPublic() : pair.getPrivate(),
          new OAEPParameterSpec(
              "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
      return cipher.doFinal(value);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyVaultKey key() {
    return new KeyVaultKey(KEY, IDENTITY, azure.client());
  }

  private SecretVault vault() {
    return new SecretVault(List.of(key(), new KeyFile(folder.resolve("vault.key"))));
  }

  @Test
  void dataKeysAreWrappedInTheVaultWithDorsalsIdentity() {
    SealedSecret sealed = vault().seal(SECRET, HERE);
    assertThat(sealed.wrappingKey()).isEqualTo(KEY + "/v1");
    assertThat(vault().open(sealed, HERE)).isEqualTo(SECRET);
    assertThat(azure.asked())
        .extracting(Asked::target)
        .containsExactly(
            "/keys/dorsal/wrapkey?api-version=7.4", "/keys/dorsal/v1/unwrapkey?api-version=7.4");
    assertThat(azure.asked())
        .allSatisfy(
            asked -> {
              assertThat(asked.authorization())
                  .isEqualTo("Bearer for https://vault.azure.net/.default");
              assertThat(asked.body()).doesNotContain("MARKER");
            });
    assertThatThrownBy(() -> vault().open(sealed, "tenant|other|1"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRotatedKeyOpensBothAndWrapsAnew() {
    SealedSecret old = vault().seal(SECRET, HERE);
    newest = "v2";
    SealedSecret young = vault().seal(SECRET, HERE);
    assertThat(vault().newestKey()).isEqualTo(KEY + "/v2");
    assertThat(young.wrappingKey()).isEqualTo(KEY + "/v2");
    assertThat(vault().open(old, HERE)).isEqualTo(vault().open(young, HERE)).isEqualTo(SECRET);

    var again = vault().rewrapped(old.wrapped(), HERE);
    assertThat(again.keyId()).isEqualTo(KEY + "/v2");
    versions.remove("v1");
    var moved = new SealedSecret(old.ciphertext(), again.bytes(), again.keyId());
    assertThat(vault().open(moved, HERE)).isEqualTo(SECRET);
  }

  @Test
  void whatTheKeyFileWrappedMovesIntoTheVault() {
    var file = new SecretVault(List.of(new KeyFile(folder.resolve("vault.key"))));
    SealedSecret old = file.seal(SECRET, HERE);
    assertThat(vault().open(old, HERE)).isEqualTo(SECRET);
    assertThat(vault().rewrapped(old.wrapped(), HERE).keyId()).isEqualTo(KEY + "/v1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/keys/dorsal/v1",
        "https://whales.vault.azure.net/keys/other/v1",
        "https://whales.vault.azure.net/keys/dorsal/v1/../../other",
        "https://whales.vault.azure.net/keys/dorsal",
        ""
      })
  void noRowSendsTheTokenElsewhere(String keyId) {
    var stray = new SealedSecret(new byte[40], new byte[256], keyId);
    assertThatThrownBy(() -> vault().open(stray, HERE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not here");
    assertThat(azure.asked()).isEmpty();
  }

  @Test
  void aVaultThatRefusesIsNamedWithoutWhatWasSent() {
    status = 403;
    assertThatThrownBy(() -> vault().seal(SECRET, HERE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Key Vault answered 403 to wrapkey.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://whales.vault.azure.net/keys/a",
        "https://evil.example/keys/a",
        "https://vault.azure.net.evil.example/keys/a",
        "https://whales.vault.azure.net/secrets/a",
        "https://whales.vault.azure.net/keys/a/v1",
        "https://whales.vault.azure.net/keys/a?b=c"
      })
  void theSettingIsTheIdOfAKey(String id) {
    assertThatThrownBy(() -> new KeyVaultSettings(URI.create(id)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("DORSAL_KEY_VAULT_KEY ");
    assertThat(Objects.requireNonNull(new KeyVaultSettings(KEY).key())).isEqualTo(KEY);
  }
}
