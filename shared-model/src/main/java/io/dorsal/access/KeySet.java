package io.dorsal.access;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.dorsal.problem.ProblemException;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One issuer's public keys (RFC 7517), fetched when needed and kept for {@code
 * DORSAL_JWKS_CACHE_SECONDS}. A key id that is not there is looked up at once, at most one such
 * fetch per cooldown. While the provider is silent the last good set serves for 24 hours. Symmetric
 * keys, RSA keys under 2,048 bits and curves other than P-256 are never loaded. Thread-safe; one
 * fetch at a time.
 */
final class KeySet {

  private static final Logger log = LoggerFactory.getLogger(KeySet.class);
  private static final Duration OUTAGE = Duration.ofHours(24);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /** How soon a fetch that failed is tried again. */
  private static final Duration BREATH = Duration.ofSeconds(1);

  private record Loaded(Map<String, JWK> keys, Instant at) {}

  /** Reads the key set's document from the provider. */
  interface Provider {
    String keySet() throws IOException;
  }

  private final Provider provider;
  private final AccessSettings settings;
  private final Clock clock;
  private final ReentrantLock fetching = new ReentrantLock();

  private volatile @Nullable Loaded loaded;
  private volatile Instant failedAt = Instant.MIN;
  private volatile Instant unknownAt = Instant.MIN;

  KeySet(Provider provider, AccessSettings settings, Clock clock) {
    this.provider = provider;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The key of this id; empty where the provider has none.
   *
   * @throws ProblemException IDENTITY_PROVIDER_UNAVAILABLE where no set was to be had
   */
  Optional<JWK> key(String id) {
    Loaded known = current();
    JWK key = known.keys().get(id);
    if (key == null && settings.jwksRefetchOnUnknownKid()) {
      key = refetched(known).keys().get(id);
    }
    return Optional.ofNullable(key);
  }

  /** Has the set fetched again at its next use. */
  void refresh() {
    Loaded known = loaded;
    if (known != null) {
      loaded = new Loaded(known.keys(), clock.instant().minusSeconds(settings.jwksCacheSeconds()));
    }
    failedAt = Instant.MIN;
  }

  private Loaded current() {
    Loaded known = loaded;
    if (known != null && isFresh(known)) {
      return known;
    }
    return underLock(
        known,
        () -> {
          Loaded now = loaded;
          boolean justFailed = failedAt.plus(BREATH).isAfter(clock.instant());
          return (now != null && isFresh(now)) || justFailed ? now : fetched(now);
        });
  }

  private Loaded refetched(Loaded known) {
    return underLock(
        known,
        () -> {
          Loaded now = loaded;
          Duration cooldown = Duration.ofSeconds(settings.jwksRefetchCooldownSeconds());
          if (!known.equals(now) || unknownAt.plus(cooldown).isAfter(clock.instant())) {
            return now;
          }
          unknownAt = clock.instant();
          return fetched(now);
        });
  }

  private interface Look {
    @Nullable Loaded now();
  }

  /** Waits two seconds for a fetch under way, then goes by what is known. */
  private Loaded underLock(@Nullable Loaded known, Look look) {
    Loaded found = known;
    try {
      if (fetching.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          found = look.now();
        } finally {
          fetching.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (found == null || found.at().plus(OUTAGE).isBefore(clock.instant())) {
      throw new ProblemException(
          AccessProblem.IDENTITY_PROVIDER_UNAVAILABLE, "The key set cannot be fetched.");
    }
    return found;
  }

  private boolean isFresh(Loaded set) {
    return set.at().plusSeconds(settings.jwksCacheSeconds()).isAfter(clock.instant());
  }

  private @Nullable Loaded fetched(@Nullable Loaded before) {
    try {
      var now = new Loaded(usable(JWKSet.parse(provider.keySet())), clock.instant());
      loaded = now;
      return now;
    } catch (IOException | ParseException e) {
      failedAt = clock.instant();
      log.warn("The identity provider's key set cannot be fetched: {}", e.toString());
      return before;
    }
  }

  private static Map<String, JWK> usable(JWKSet set) {
    return set.getKeys().stream()
        .filter(key -> key.getKeyID() != null)
        .filter(key -> key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
        .filter(
            key ->
                switch (key) {
                  case RSAKey rsa -> rsa.size() >= 2_048;
                  case ECKey curve -> Curve.P_256.equals(curve.getCurve());
                  default -> false;
                })
        .collect(Collectors.toUnmodifiableMap(JWK::getKeyID, key -> key, (one, other) -> one));
  }
}
