package io.dorsal.access;

import java.net.URI;
import java.util.List;
import java.util.UUID;

/**
 * A provider that one tenant trusts besides that of all tenants.
 *
 * @param issuer the value of {@code iss} in its tokens
 * @param jwksUrl where its key set is
 * @param audience must be contained in the audience of its tokens
 */
record FurtherIssuer(UUID tenantId, String issuer, String jwksUrl, String audience) {

  /** Where the providers of single tenants are found. */
  interface Directory {
    /** All of them. Called for each token of another provider than everybody's; must be quick. */
    List<FurtherIssuer> all();

    /** Whether a key set may be fetched from there. */
    default boolean reaches(URI url) {
      return PublicAddress.is(url);
    }
  }
}
