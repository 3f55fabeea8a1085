package io.dorsal.sources;

import org.jspecify.annotations.Nullable;

/**
 * An archive where it lies, read-only: nothing here writes, renames or deletes. Thread-safe. Every
 * method refuses with a {@link SourceException} whose kind says what that means; none retries.
 */
public interface Source {

  /**
   * One page of the files under a prefix, in the store's own stable order, flat.
   *
   * @param prefix of the path; {@code ..} is a literal name
   * @param continuation the {@code next} of an earlier page; null begins
   */
  SourcePage list(String prefix, @Nullable String continuation);

  /**
   * Exactly {@code length} bytes from {@code offset}, or fewer where the file ends.
   *
   * @param etag the version the caller means; another one refuses with CHANGED, as may a file that
   *     is gone where the store judges the version first
   */
  byte[] read(String path, String etag, long offset, int length);

  /** The file as it is now; refuses with MISSING where it is gone. */
  ListedFile stat(String path);
}
