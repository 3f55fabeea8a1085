package io.dorsal.access;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tokens are judged.
 *
 * @param oidcUrl the provider's base URL and, unless overridden, the expected issuer
 * @param jwtIssuer when set, the only accepted issuer
 * @param jwksUrl where the key set is; found by discovery under {@code oidcUrl} when absent
 * @param jwtAudience must be contained in the token's audience; not empty
 * @param jwtAlgorithms accepted signatures, RS256 and ES256 or one of them; no other value can be
 *     enabled
 * @param jwksCacheSeconds age after which the key set is fetched again, 30 to 3,600
 * @param jwksRefetchOnUnknownKid whether a key id that is not cached is looked up at once
 * @param jwksRefetchCooldownSeconds at most one such look-up in this time
 * @param jwtClockSkewSeconds tolerance for exp, nbf and iat, 0 to 300
 */
@ConfigurationProperties("dorsal")
public record AccessSettings(
    @Nullable String oidcUrl,
    @Nullable String jwtIssuer,
    @Nullable String jwksUrl,
    @DefaultValue("dorsal-api") String jwtAudience,
    @DefaultValue({"RS256", "ES256"}) Set<String> jwtAlgorithms,
    @DefaultValue("300") int jwksCacheSeconds,
    @DefaultValue("true") boolean jwksRefetchOnUnknownKid,
    @DefaultValue("30") int jwksRefetchCooldownSeconds,
    @DefaultValue("60") int jwtClockSkewSeconds) {

  private static final Set<String> ALGORITHMS = Set.of("RS256", "ES256");

  public AccessSettings {
    if (jwtAudience.isBlank()) {
      throw new IllegalArgumentException("DORSAL_JWT_AUDIENCE must not be empty.");
    }
    if (jwtAlgorithms.isEmpty() || !ALGORITHMS.containsAll(jwtAlgorithms)) {
      throw new IllegalArgumentException("DORSAL_JWT_ALGORITHMS may hold RS256 and ES256 only.");
    }
    jwtAlgorithms = new TreeSet<>(jwtAlgorithms);
    if (jwksRefetchCooldownSeconds < 1 || jwksRefetchCooldownSeconds > 3_600) {
      throw new IllegalArgumentException("DORSAL_JWKS_REFETCH_COOLDOWN_SECONDS must be 1 to 3600.");
    }
    if (jwksCacheSeconds < 30 || jwksCacheSeconds > 3_600) {
      throw new IllegalArgumentException("DORSAL_JWKS_CACHE_SECONDS must be 30 to 3600.");
    }
    if (jwtClockSkewSeconds < 0 || jwtClockSkewSeconds > 300) {
      throw new IllegalArgumentException("DORSAL_JWT_CLOCK_SKEW_SECONDS must be 0 to 300.");
    }
  }

  /** The one accepted value of {@code iss}; a slash at its end is ignored. */
  public String issuer() {
    if (jwtIssuer != null && !jwtIssuer.isBlank()) {
      return jwtIssuer;
    }
    if (oidcUrl == null || oidcUrl.isBlank()) {
      throw new IllegalStateException("DORSAL_OIDC_URL is not set; no token can be judged.");
    }
    return oidcUrl;
  }

  /** Whether two names of an issuer are one; a slash at the end does not matter. */
  static boolean sameIssuer(String one, String other) {
    return unslashed(one).equals(unslashed(other));
  }

  private static String unslashed(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
