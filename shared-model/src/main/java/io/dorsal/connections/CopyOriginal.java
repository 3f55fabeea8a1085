package io.dorsal.connections;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The file that is to be copied.
 *
 * @param url makes a fresh URL with a token that may read it, for each request; secret
 * @param credential how its connection signs in
 * @param etag the version meant, quoted
 * @param length in bytes
 * @param md5 of the whole content, where the source has one
 * @param contentType null where the source has none
 * @param ranges reads it through this process; used only where the store cannot read it itself
 */
public record CopyOriginal(
    Url url,
    AuthType credential,
    String etag,
    long length,
    byte @Nullable [] md5,
    @Nullable String contentType,
    Ranges ranges) {

  /** Where a store reads the file; secret. */
  @FunctionalInterface
  public interface Url extends Supplier<String> {

    /**
     * Makes another, whatever is left of this one: the store said that it ended.
     *
     * @return false where Dorsal did not make its token, so cannot make another
     */
    default boolean renewed() {
      return false;
    }
  }

  /** Reads parts of the version meant. */
  @FunctionalInterface
  public interface Ranges {
    /** Exactly {@code length} bytes from {@code offset}. */
    byte[] read(long offset, int length);
  }

  /** The token of a URL; null where it has none. */
  static @Nullable SasToken tokenOf(String url) {
    return url.contains("sig=") ? SasToken.parse(url.substring(url.indexOf('?') + 1)) : null;
  }

  /** Never shows the URL. */
  @Override
  public String toString() {
    return "CopyOriginal[etag=" + etag + ", length=" + length + "]";
  }
}
