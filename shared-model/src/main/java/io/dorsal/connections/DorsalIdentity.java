package io.dorsal.connections;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Dorsal's managed identity; there is none in the local profile. Thread-safe. The identity library
 * is loaded with the first token, so a start that needs none does not pay for it.
 */
@Component
@ConditionalOnProperty(name = "dorsal.profile", havingValue = "azure", matchIfMissing = true)
class DorsalIdentity implements TokenCredential {

  private final IdentitySettings settings;
  private @Nullable TokenCredential credential;

  DorsalIdentity(IdentitySettings settings) {
    this.settings = settings;
  }

  @Override
  public Mono<AccessToken> getToken(TokenRequestContext request) {
    return credential().getToken(request);
  }

  @Override
  public AccessToken getTokenSync(TokenRequestContext request) {
    return credential().getTokenSync(request);
  }

  private synchronized TokenCredential credential() {
    TokenCredential made = credential;
    if (made == null) {
      var builder = new ManagedIdentityCredentialBuilder();
      if (settings.clientId() != null) {
        builder.clientId(settings.clientId());
      }
      made = builder.build();
      credential = made;
    }
    return made;
  }
}
