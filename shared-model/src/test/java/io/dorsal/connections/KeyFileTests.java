package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenCredential;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class KeyFileTests {

  private static final UUID TENANT = UUID.randomUUID();

  private static final String SECRET = "sv=2024-11-04&sig=MARKER%2Bsecret Ünï";
  private static final String HERE = "tenant|connection|1";

  @TempDir private Path directory = Path.of("");

  @Test
  void opensWhatItSealedAlsoAfterARestart() {
    SealedSecret sealed = vault().seal(SECRET, HERE);
    assertThat(vault().open(sealed, HERE)).isEqualTo(SECRET);
    assertThat(new String(sealed.ciphertext(), StandardCharsets.ISO_8859_1))
        .doesNotContain("MARKER");
  }

  @Test
  void sealsTheSameSecretDifferentlyEachTime() {
    var vault = vault();
    SealedSecret one = vault.seal(SECRET, HERE);
    SealedSecret other = vault.seal(SECRET, HERE);
    assertThat(one.ciphertext()).isNotEqualTo(other.ciphertext());
    assertThat(one.wrappedKey()).isNotEqualTo(other.wrappedKey());
  }

  @Test
  void opensNothingAtAnotherPlace() {
    SealedSecret sealed = vault().seal(SECRET, HERE);
    refuses(sealed, "tenant|connection|2");
    refuses(sealed, "other|connection|1");
    SealedSecret elsewhere = vault().seal(SECRET, "tenant|other|1");
    refuses(
        new SealedSecret(sealed.ciphertext(), elsewhere.wrappedKey(), sealed.wrappingKey()), HERE);
  }

  @Test
  void opensNothingThatWasTouched() {
    SealedSecret sealed = vault().seal(SECRET, HERE);
    for (int at : IntStream.range(0, sealed.ciphertext().length).toArray()) {
      refuses(
          new SealedSecret(
              flipped(sealed.ciphertext(), at), sealed.wrappedKey(), sealed.wrappingKey()),
          HERE);
    }
    for (int at : IntStream.range(0, sealed.wrappedKey().length).toArray()) {
      refuses(
          new SealedSecret(
              sealed.ciphertext(), flipped(sealed.wrappedKey(), at), sealed.wrappingKey()),
          HERE);
    }
    refuses(new SealedSecret(new byte[0], sealed.wrappedKey(), sealed.wrappingKey()), HERE);
    refuses(new SealedSecret(sealed.ciphertext(), new byte[5], sealed.wrappingKey()), HERE);
  }

  @Test
  void opensNothingWithAnotherKey() throws Exception {
    SealedSecret sealed = vault().seal(SECRET, HERE);
    Files.delete(file());
    refuses(sealed, HERE);
    Files.write(file(), new byte[31]);
    assertThatThrownBy(() -> vault().seal(SECRET, HERE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("32 bytes");
  }

  @Test
  void fingerprintTellsSecretsOfOneTenantApartAndNothingElse() {
    var secrets =
        new ConnectionSecrets(
            vault(),
            tenant -> tenant.toString().getBytes(StandardCharsets.US_ASCII),
            new KeyPartFiles(file()));
    String print = secrets.fingerprint(TENANT, SECRET);
    assertThat(print).matches("[0-9a-f]{8}").isEqualTo(secrets.fingerprint(TENANT, SECRET));
    assertThat(print).isNotEqualTo(secrets.fingerprint(TENANT, SECRET + "x"));
    assertThat(print).isNotEqualTo(secrets.fingerprint(UUID.randomUUID(), SECRET));
  }

  @Test
  void keyFileIsItsOwnersOnly() throws Exception {
    vault().newestKey();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(Files.size(file())).isEqualTo(32);
    try (Stream<Path> left = Files.list(file().getParent())) {
      assertThat(left).containsExactly(file());
    }
  }

  @Test
  void vaultsThatStartAtOnceMakeOneKey() throws Exception {
    Set<String> prints = new HashSet<>();
    List<Callable<String>> vaults =
        Stream.generate(() -> (Callable<String>) () -> vault().newestKey()).limit(16).toList();
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (var print : threads.invokeAll(vaults)) {
        prints.add(print.get());
      }
    }
    assertThat(prints).hasSize(1);
  }

  private void refuses(SealedSecret sealed, String place) {
    assertThatThrownBy(() -> vault().open(sealed, place))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining("MARKER");
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= 1;
    return changed;
  }

  private Path file() {
    return directory.resolve("keys/vault.key");
  }

  /** A host's own disk is no place for the key of everybody's secrets. */
  @Test
  void outsideOfTheLocalProfileThereIsNoKeyFile() {
    assertThat(shipped("local").newestKey()).startsWith("file:");
    assertThatThrownBy(() -> shipped("azure"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("DORSAL_KEY_VAULT_KEY is not set");
  }

  private SecretVault shipped(String profile) {
    return new SecretVault(
        new ConnectionSettings(profile, file(), List.of(), Duration.ofSeconds(5)),
        new KeyVaultSettings(null),
        new StaticListableBeanFactory().getBeanProvider(TokenCredential.class));
  }

  private SecretVault vault() {
    return new SecretVault(List.of(new KeyFile(file())));
  }
}
