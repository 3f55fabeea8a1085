package io.dorsal.connections;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Parts in files of their owner's, beside the key file: a folder for each tenant. */
final class KeyPartFiles implements KeyParts {

  private final Path folder;

  /**
   * @param keyFile the key file of which these are the parts
   */
  KeyPartFiles(Path keyFile) {
    this.folder = keyFile.resolveSibling(keyFile.getFileName() + ".parts");
  }

  @Override
  public byte[] made(UUID tenantId, UUID connectionId) {
    Path file = file(tenantId, connectionId);
    try {
      if (!Files.exists(file)) {
        OwnersFile.make(file, AesGcm.randomKey());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The part of a key at " + file + " cannot be made.", e);
    }
    return of(tenantId, connectionId);
  }

  @Override
  public byte[] of(UUID tenantId, UUID connectionId) {
    Path file = file(tenantId, connectionId);
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IllegalStateException("The connection's part of the key is not here.", e);
    } catch (IOException e) {
      throw new UncheckedIOException("The part of a key at " + file + " cannot be read.", e);
    }
  }

  @Override
  public void delete(UUID tenantId, UUID connectionId) {
    delete(file(tenantId, connectionId));
  }

  @Override
  public long remove(UUID tenantId, int most) {
    Path own = folder.resolve(tenantId.toString());
    List<Path> files;
    try (Stream<Path> all = Files.list(own)) {
      files = all.limit(most).toList();
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.forEach(KeyPartFiles::delete);
    if (files.size() < most) {
      delete(own);
    }
    return files.size();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(UUID tenantId, UUID connectionId) {
    return folder.resolve(tenantId.toString()).resolve(connectionId.toString());
  }
}
