package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class KeyPartFilesTests {

  private static final UUID TENANT = UUID.randomUUID();

  @TempDir Path folder;
  private KeyPartFiles parts;

  @BeforeEach
  void open() {
    parts = new KeyPartFiles(folder.resolve("vault.key"));
  }

  @Test
  void partIsMadeOnceAndItsOwnersOnly() throws Exception {
    UUID one = UUID.randomUUID();
    byte[] made = parts.made(TENANT, one);
    assertThat(made).hasSize(AesGcm.KEY_BYTES).isEqualTo(parts.made(TENANT, one));
    assertThat(parts.of(TENANT, one)).isEqualTo(made);
    assertThat(parts.made(TENANT, UUID.randomUUID())).isNotEqualTo(made);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSize(2)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void deletedPartIsGone() {
    UUID one = UUID.randomUUID();
    parts.made(TENANT, one);
    parts.delete(TENANT, one);
    parts.delete(TENANT, one);
    assertThatThrownBy(() -> parts.of(TENANT, one)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void partsGoWithTheirTenant() throws Exception {
    UUID other = UUID.randomUUID();
    UUID kept = UUID.randomUUID();
    parts.made(other, kept);
    for (int i = 0; i < 3; i++) {
      parts.made(TENANT, UUID.randomUUID());
    }
    assertThat(parts.remove(TENANT, 2)).isEqualTo(2);
    assertThat(parts.remove(TENANT, 2)).isEqualTo(1);
    assertThat(parts.remove(TENANT, 2)).isZero();
    assertThat(parts.of(other, kept)).isNotEmpty();
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .doesNotContain(TENANT.toString());
    }
  }
}
