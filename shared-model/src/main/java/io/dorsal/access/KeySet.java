package io.dorsal.access;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.dorsal.problem.ProblemException;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
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

  /** How soon a fetch that failed is tried again: at once nearly while nothing can be judged. */
  private static final Duration BREATH = Duration.ofSeconds(1);

  /** The same while the last good set serves: each try may cost a caller seconds. */
  private static final Duration LONG_BREATH = Duration.ofSeconds(15);

  /** With the number of the wish that it answers. */
  private record Loaded(Map<String, JWK> keys, Instant at, long refresh) {}

  /** Reads the key set's document from the provider. */
  interface Provider {
    String keySet() throws IOException;
  }

  private final String issuer;
  private final Provider provider;
  private final AccessSettings settings;
  private final Clock clock;
  private final AccessCounts counts;
  private final ReentrantLock fetching = new ReentrantLock();
  private final AtomicLong refresh = new AtomicLong();

  private volatile @Nullable Loaded loaded;
  private volatile Instant failedAt = Instant.MIN;
  private volatile Instant unknownAt = Instant.MIN;

  /**
   * @param issuer its name in counts and explanations
   */
  KeySet(
      String issuer, Provider provider, AccessSettings settings, Clock clock, AccessCounts counts) {
    this.issuer = issuer;
    this.provider = provider;
    this.settings = settings;
    this.clock = clock;
    this.counts = counts;
  }

  String issuer() {
    return issuer;
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
    refresh.incrementAndGet();
    failedAt = Instant.MIN;
  }

  /** Fetches where that is due, and says what is held then; does not throw. */
  HeldKeys fetchNow() {
    isHeld();
    return inHand();
  }

  /** Whether a set of at most 24 hours is there, fetched now where that is due. */
  boolean isHeld() {
    try {
      current();
      return true;
    } catch (ProblemException e) {
      return false;
    }
  }

  /** Whether a set of at most 24 hours is there, without asking the provider. */
  boolean isInHand() {
    Loaded known = loaded;
    return known != null && !isTooOld(known);
  }

  /** What is held, without asking the provider. */
  HeldKeys inHand() {
    Loaded known = loaded;
    return known == null
        ? new HeldKeys(issuer, null, List.of(), false)
        : new HeldKeys(
            issuer,
            Duration.between(known.at(), clock.instant()).toSeconds(),
            known.keys().keySet().stream().sorted().toList(),
            isFresh(known));
  }

  private Loaded current() {
    Loaded known = loaded;
    if (known != null && (isFresh(known) || rests(known))) {
      return usable(known);
    }
    return underLock(
        known,
        () -> {
          Loaded now = loaded;
          return (now != null && isFresh(now)) || rests(now) ? now : fetched(now);
        });
  }

  /** Whether a fetch failed so lately that the next try waits. */
  private boolean rests(@Nullable Loaded known) {
    Duration breath = known == null || isTooOld(known) ? BREATH : LONG_BREATH;
    return failedAt.plus(breath).isAfter(clock.instant());
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
    return usable(found);
  }

  private Loaded usable(@Nullable Loaded set) {
    if (set == null || isTooOld(set)) {
      throw new ProblemException(
          AccessProblem.IDENTITY_PROVIDER_UNAVAILABLE, "The key set cannot be fetched.");
    }
    return set;
  }

  private boolean isTooOld(Loaded set) {
    return set.at().plus(OUTAGE).isBefore(clock.instant());
  }

  private boolean isFresh(Loaded set) {
    return set.refresh() == refresh.get()
        && set.at().plusSeconds(settings.jwksCacheSeconds()).isAfter(clock.instant());
  }

  private @Nullable Loaded fetched(@Nullable Loaded before) {
    long wish = refresh.get();
    try {
      var now = new Loaded(parsed(provider.keySet()), clock.instant(), wish);
      loaded = now;
      counts.fetched(issuer, true);
      return now;
    } catch (IOException | ParseException e) {
      if (Thread.currentThread().isInterrupted()) {
        // Broken off by who asked, as by readiness after two seconds: not the provider's failure.
        return before;
      }
      failedAt = clock.instant();
      counts.fetched(issuer, false);
      log.warn("The key set of {} cannot be fetched: {}", issuer, e.toString());
      return before;
    }
  }

  /** One key that cannot be read does not cost the others. */
  private static Map<String, JWK> parsed(String document) throws ParseException {
    Map<String, Object>[] listed =
        JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(document), "keys");
    if (listed == null) {
      throw new ParseException("There is no member keys.", 0);
    }
    Map<String, JWK> keys = new HashMap<>();
    for (Map<String, Object> each : listed) {
      try {
        JWK key = JWK.parse(each);
        if (key.getKeyID() != null && isLoaded(key)) {
          keys.putIfAbsent(key.getKeyID(), key);
        }
      } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
        log.warn("A key of the identity provider cannot be read and is left out.");
      }
    }
    return Map.copyOf(keys);
  }

  private static boolean isLoaded(JWK key) {
    return (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
        && switch (key) {
          case RSAKey rsa -> rsa.size() >= 2_048;
          case ECKey curve -> Curve.P_256.equals(curve.getCurve());
          default -> false;
        };
  }
}
