package io.dorsal.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much one call and one caller may ask for.
 *
 * @param requestTimeout how long one call may work before it is undone, 1 to 200 s; Azure's front
 *     end gives up after 230 s
 * @param rateLimits whether calls are counted and limited; only a stack of one's own goes without
 * @param trustedProxies how many front doors a call passes before the one that brings it to this
 *     process, 0 to 5: so many entries at the end of X-Forwarded-For are theirs
 */
@ConfigurationProperties("dorsal")
public record RequestSettings(
    @DefaultValue("30s") Duration requestTimeout,
    @DefaultValue("true") boolean rateLimits,
    @DefaultValue("0") int trustedProxies) {

  public RequestSettings {
    if (requestTimeout.toSeconds() < 1 || requestTimeout.toSeconds() > 200) {
      throw new IllegalArgumentException("DORSAL_REQUEST_TIMEOUT must be 1s to 200s.");
    }
    if (trustedProxies < 0 || trustedProxies > 5) {
      throw new IllegalArgumentException("DORSAL_TRUSTED_PROXIES must be 0 to 5.");
    }
  }
}
