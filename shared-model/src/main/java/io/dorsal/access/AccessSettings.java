package io.dorsal.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tokens are judged.
 *
 * @param oidcUrl the provider's base URL and, unless overridden, the expected issuer
 * @param jwtIssuer when set, the only accepted issuer
 * @param jwksUrl where the key set is; found by discovery under {@code oidcUrl} when absent
 * @param jwtAudience must be contained in the token's audience
 * @param jwksCacheSeconds age after which the key set is fetched again
 * @param jwtClockSkew tolerance for exp, nbf and iat
 */
@ConfigurationProperties("dorsal")
public record AccessSettings(
    @Nullable String oidcUrl,
    @Nullable String jwtIssuer,
    @Nullable String jwksUrl,
    @DefaultValue("dorsal-api") String jwtAudience,
    @DefaultValue("300") int jwksCacheSeconds,
    @DefaultValue("60s") Duration jwtClockSkew) {

  /** The one accepted value of {@code iss}. */
  public String issuer() {
    if (jwtIssuer != null && !jwtIssuer.isBlank()) {
      return jwtIssuer;
    }
    if (oidcUrl == null || oidcUrl.isBlank()) {
      throw new IllegalStateException("DORSAL_OIDC_URL is not set; no token can be judged.");
    }
    return oidcUrl;
  }
}
