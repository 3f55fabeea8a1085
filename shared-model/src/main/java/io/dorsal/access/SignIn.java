package io.dorsal.access;

import io.dorsal.problem.ProblemException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Tells programs how people sign in. Thread-safe. */
@Component
public class SignIn {

  private static final Logger log = LoggerFactory.getLogger(SignIn.class);
  private static final Duration KEPT = Duration.ofMinutes(5);

  /** How soon a fetch that failed is tried again. */
  private static final Duration BREATH = Duration.ofSeconds(5);

  private record Read(SignInConfig config, Instant at) {}

  private final AccessSettings access;
  private final SignInSettings settings;
  private final IdentityProvider provider;
  private final Clock clock;
  private @Nullable Read read;
  private Instant failedAt = Instant.MIN;

  SignIn(AccessSettings access, SignInSettings settings, Clock clock) {
    this.access = access;
    this.settings = settings;
    this.provider = IdentityProvider.of(access);
    this.clock = clock;
  }

  /**
   * The provider's addresses as it names them itself, at most five minutes old; older ones while it
   * is silent.
   *
   * @throws ProblemException IDENTITY_PROVIDER_UNAVAILABLE
   */
  public synchronized SignInConfig config() {
    Instant now = clock.instant();
    Read known = read;
    boolean due = known == null || known.at().plus(KEPT).isBefore(now);
    if (due && failedAt.plus(BREATH).isBefore(now)) {
      try {
        known = new Read(of(provider.discovery()), now);
        read = known;
      } catch (IOException e) {
        failedAt = now;
        log.warn("The identity provider's discovery document cannot be fetched: {}", e.toString());
      }
    }
    if (known == null) {
      throw new ProblemException(
          AccessProblem.IDENTITY_PROVIDER_UNAVAILABLE, "The identity provider does not answer.");
    }
    return known.config();
  }

  private SignInConfig of(JsonNode discovery) throws IOException {
    String keys = access.jwksUrl();
    return new SignInConfig(
        access.issuer(),
        member(discovery, "authorization_endpoint"),
        member(discovery, "token_endpoint"),
        keys == null ? member(discovery, "jwks_uri") : keys,
        settings.oidcClientId(),
        access.jwtAudience(),
        settings.oidcScopes());
  }

  private static String member(JsonNode discovery, String name) throws IOException {
    String value = discovery.path(name).asString("");
    if (value.isEmpty()) {
      throw new IOException("There is no " + name + " in it.");
    }
    return value;
  }
}
