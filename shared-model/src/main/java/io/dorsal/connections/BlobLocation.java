package io.dorsal.connections;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a storage URL points.
 *
 * @param endpoint the account's blob endpoint; for an address-style host (emulator) with the
 *     account in the path
 * @param account the account's name
 * @param container the first path segment behind the endpoint, or null
 */
record BlobLocation(String endpoint, String account, @Nullable String container) {

  static BlobLocation of(URI uri) {
    String host = String.valueOf(uri.getHost());
    String base = uri.getScheme() + "://" + uri.getRawAuthority();
    String[] segments = String.valueOf(uri.getRawPath()).replaceFirst("^/", "").split("/", -1);
    boolean accountInPath = host.equals("localhost") || host.matches("[0-9.]+|\\[.*]");
    if (accountInPath) {
      return new BlobLocation(
          base + "/" + segments[0], segments[0], segments.length > 1 ? named(segments[1]) : null);
    }
    return new BlobLocation(base, host.replaceFirst("\\..*", ""), named(segments[0]));
  }

  private static @Nullable String named(String segment) {
    return segment.isEmpty() ? null : segment;
  }
}
