package io.dorsal.access;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What people's programs are told about signing in, and where tenants' providers may be.
 *
 * @param profile {@code azure}, or {@code local}, which allows http and private addresses
 * @param oidcClientId the public client that the console is at the provider
 * @param oidcScopes what the console asks the provider for
 */
@ConfigurationProperties("dorsal")
public record SignInSettings(
    @DefaultValue("azure") String profile,
    @DefaultValue("dorsal-console") String oidcClientId,
    @DefaultValue({"openid", "profile", "email"}) List<String> oidcScopes) {

  public SignInSettings {
    if (oidcClientId.isBlank()) {
      throw new IllegalArgumentException("DORSAL_OIDC_CLIENT_ID must not be empty.");
    }
    oidcScopes = List.copyOf(oidcScopes);
    if (!oidcScopes.contains("openid")) {
      throw new IllegalArgumentException("DORSAL_OIDC_SCOPES must hold openid.");
    }
  }

  /** Whether a tenant's provider may be fetched from. */
  public boolean reaches(URI url) {
    return profile.equals("local") ? url.getHost() != null : PublicAddress.is(url);
  }
}
