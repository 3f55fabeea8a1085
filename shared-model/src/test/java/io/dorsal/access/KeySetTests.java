package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.dorsal.problem.ProblemException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which keys are believed, how often the provider is asked, and what happens when it is silent. */
@SuppressWarnings("NullAway.Init")
class KeySetTests {

  private static RSAKey old;
  private static RSAKey fresh;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
  private final AtomicInteger fetches = new AtomicInteger();
  private final List<JWK> published = new ArrayList<>();
  private final AccessCounts counts = new AccessCounts();
  private boolean silent;
  private boolean brokenOff;

  @BeforeAll
  static void keys() throws Exception {
    old = new RSAKeyGenerator(2_048).keyID("old").generate();
    fresh = new RSAKeyGenerator(2_048).keyID("fresh").generate();
  }

  /** Scenario 3 of 40-access-operations. */
  @Test
  void rotatedKeyIsFoundAtItsFirstUseByOneFetch() {
    KeySet keys = warm(true);
    published.add(fresh);
    assertThat(keys.key("fresh")).isPresent();
    assertThat(fetches).hasValue(2);
  }

  /** Scenario 3 of 40-access-operations. */
  @Test
  void withoutTheLookUpARotatedKeyWaitsForTheCacheOrARefresh() {
    KeySet keys = warm(false);
    published.add(fresh);
    assertThat(keys.key("fresh")).isEmpty();
    pass(Duration.ofSeconds(299));
    assertThat(keys.key("fresh")).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(keys.key("fresh")).isPresent();

    KeySet told = warm(false);
    published.add(fresh);
    told.refresh();
    assertThat(told.key("fresh")).isPresent();
  }

  @Test
  void withdrawnKeyStopsWithinTheCacheTime() {
    KeySet keys = warm(true);
    published.clear();
    pass(Duration.ofMinutes(5));
    assertThat(keys.key("old")).isEmpty();
  }

  /** Scenario 4 of 40-access-operations. */
  @Test
  void floodOfRandomKeyIdsCostsThreeFetchesAMinute() {
    KeySet keys = keySet(true);
    published.add(old);
    for (int i = 0; i < 1_000; i++) {
      assertThat(keys.key("random-" + i)).isEmpty();
      assertThat(keys.key("old")).isPresent();
      pass(Duration.ofMillis(60));
    }
    assertThat(fetches.get()).isLessThanOrEqualTo(3);
  }

  /** Readiness gives a cold instance's first fetch two seconds; calls must not pay for that. */
  @Test
  void fetchThatIsBrokenOffHoldsUpNobody() {
    KeySet keys = keySet(true);
    published.add(old);
    brokenOff = true;
    assertThat(keys.isHeld()).isFalse();
    assertThat(Thread.interrupted()).isTrue();
    brokenOff = false;
    assertThat(keys.key("old")).isPresent();
  }

  @Test
  void manyAtOnceShareOneFetch() throws Exception {
    KeySet keys = warm(true);
    published.add(fresh);
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(() -> keys.key("fresh").isPresent());
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> found : threads.invokeAll(calls)) {
        assertThat(found.get()).isTrue();
      }
    }
    assertThat(fetches).hasValue(2);
  }

  /** Scenario 11 of 40-access-operations. */
  @Test
  void silentProviderIsBorneForADayWithAWarmCacheAndNotAtAllWithout() {
    KeySet keys = warm(true);
    silent = true;
    pass(Duration.ofHours(1));
    assertThat(keys.key("old")).isPresent();
    pass(Duration.ofHours(23));
    assertThat(keys.key("old")).isPresent();
    pass(Duration.ofSeconds(1));
    assertUnavailable(keys);
    assertUnavailable(keySet(true));
    silent = false;
    pass(Duration.ofSeconds(1));
    assertThat(keys.key("old")).isPresent();
  }

  @Test
  void silentProviderIsAskedRarelyWhileTheLastGoodSetServes() {
    KeySet keys = warm(true);
    silent = true;
    pass(Duration.ofMinutes(10));
    for (int i = 0; i < 60; i++) {
      keys.key("old");
      pass(Duration.ofSeconds(1));
    }
    assertThat(fetches).hasValue(1 + 4);
    assertThat(counts.fetches())
        .containsEntry(new AccessCounts.Fetch("http://p", "ok"), 1L)
        .containsEntry(new AccessCounts.Fetch("http://p", "failed"), 4L);
  }

  @Test
  void refreshWhileTheProviderIsSilentMakesNoSetYounger() {
    KeySet keys = warm(true);
    silent = true;
    pass(Duration.ofHours(23));
    keys.refresh();
    assertThat(keys.fetchNow().current()).isFalse();
    assertThat(keys.inHand().ageSeconds()).isEqualTo(Duration.ofHours(23).toSeconds());
    pass(Duration.ofHours(1).plusSeconds(1));
    assertUnavailable(keys);
  }

  @Test
  void withdrawnKeyStopsAtOnceWithARefresh() {
    KeySet keys = warm(true);
    published.clear();
    assertThat(keys.key("old")).isPresent();
    keys.refresh();
    assertThat(keys.key("old")).isEmpty();
  }

  @Test
  void oneKeyThatCannotBeReadDoesNotCostTheOthers() {
    String odd =
        """
        {"keys": [{"kty": "EC", "kid": "odd", "crv": "P-999", "x": "AQ", "y": "AQ"}, {"kty": "X"},
            %s]}
        """
            .formatted(old.toPublicJWK().toJSONString());
    var keys = new KeySet("http://p", () -> odd, settings("http://p", null, false), clock, counts);
    assertThat(keys.key("old")).isPresent();
  }

  @Test
  void weakAndSymmetricKeysAreNeverLoaded() throws Exception {
    RSAKey weak = new RSAKeyGenerator(1_024, true).keyID("weak").generate();
    ECKey otherCurve = new ECKeyGenerator(Curve.P_384).keyID("p384").generate();
    OctetSequenceKey symmetric = new OctetSequenceKeyGenerator(256).keyID("oct").generate();
    ECKey good = new ECKeyGenerator(Curve.P_256).keyID("p256").generate();
    published.addAll(List.of(weak, otherCurve, symmetric, good));
    KeySet keys =
        new KeySet(
            "http://p", () -> privateSet(), settings("http://p", null, false), clock, counts);
    assertThat(keys.key("p256")).isPresent();
    for (String id : List.of("weak", "p384", "oct")) {
      assertThat(keys.key(id)).as(id).isEmpty();
    }
  }

  static AccessSettings settings(String provider, @Nullable String issuer, boolean refetch) {
    return new AccessSettings(
        provider, issuer, null, "dorsal-api", Set.of("RS256", "ES256"), 300, refetch, 30, 60);
  }

  private KeySet warm(boolean refetch) {
    fetches.set(0);
    published.clear();
    published.add(old);
    KeySet keys = keySet(refetch);
    assertThat(keys.key("old")).isPresent();
    return keys;
  }

  private KeySet keySet(boolean refetch) {
    return new KeySet("http://p", this::answer, settings("http://p", null, refetch), clock, counts);
  }

  private String answer() throws IOException {
    fetches.incrementAndGet();
    if (brokenOff) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
    if (silent) {
      throw new IOException("no answer");
    }
    return new JWKSet(published).toString();
  }

  /** With the symmetric keys, which a public set leaves out. */
  private String privateSet() {
    return new JWKSet(published).toString(false);
  }

  private static void assertUnavailable(KeySet keys) {
    assertThat(catchThrowableOfType(ProblemException.class, () -> keys.key("old")).problem())
        .isEqualTo(AccessProblem.IDENTITY_PROVIDER_UNAVAILABLE);
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }
}
