package io.dorsal.functions.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.functions.SecondHost;
import io.dorsal.local.oidc.ForgedToken;
import io.dorsal.local.oidc.UnrulyProvider;
import io.dorsal.local.stack.People;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which tokens the API believes, with a provider that has bad days. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class TokenValidationIntegrationTests {

  private static ApiStack api;
  private static UnrulyProvider provider;
  private static SecondHost host;
  private static String tenant;

  @BeforeAll
  static void start(ApiStack stack) throws Exception {
    api = stack;
    tenant = ApiStack.tenant();
    api.get("/notices", api.token(tenant, "TENANT_ADMIN"));
    provider = UnrulyProvider.start();
    host = hostOf(provider, Map.of());
  }

  @AfterAll
  static void stop() {
    host.close();
    provider.close();
  }

  /** 40-1. */
  @Test
  void tokenOfAnotherEnvironmentIsRefusedUntilTheSettingPointsThere() throws Exception {
    try (var other = UnrulyProvider.start()) {
      String token = other.token(tenant).signed();
      Answer refused = ask(host, token);
      assertReason(refused, "ISSUER_MISMATCH");
      assertThat(refused.at("/details/expected_issuer")).isEqualTo(provider.address());
      assertThat(refused.at("/details/token_issuer")).isEqualTo(other.address());
      try (SecondHost pointed = hostOf(other, Map.of())) {
        assertThat(ask(pointed, token).status()).isEqualTo(200);
      }
    }
  }

  /** 40-2. */
  @Test
  void publicNameOfAProviderReachedOtherwiseHasASettingOfItsOwn() throws Exception {
    try (var renamed = UnrulyProvider.start()) {
      renamed.rename("https://login.example.org/realm");
      String token = renamed.token(tenant).signed();
      try (SecondHost unaware = hostOf(renamed, Map.of())) {
        assertReason(ask(unaware, token), "ISSUER_MISMATCH");
      }
      try (SecondHost aware =
          hostOf(renamed, Map.of("DORSAL_JWT_ISSUER", "https://login.example.org/realm"))) {
        assertThat(ask(aware, token).status()).isEqualTo(200);
        String slashed =
            renamed.token(tenant).claim("iss", "https://login.example.org/realm/").signed();
        assertThat(ask(aware, slashed).status()).isEqualTo(200);
        String twice =
            renamed.token(tenant).claim("iss", "https://login.example.org/realm//").signed();
        assertReason(ask(aware, twice), "ISSUER_MISMATCH");
      }
    }
  }

  /** 40-3. */
  @Test
  void rotatedKeyIsAcceptedAtItsFirstUseByOneFetch() throws Exception {
    try (var rotating = UnrulyProvider.start();
        SecondHost warm = hostOf(rotating, Map.of())) {
      assertThat(ask(warm, rotating.token(tenant).signed()).status()).isEqualTo(200);
      int before = rotating.fetches();
      rotating.rotate();
      String fresh = rotating.token(tenant).signed();
      assertThat(ask(warm, fresh).status()).isEqualTo(200);
      assertThat(ask(warm, fresh).status()).isEqualTo(200);
      assertThat(rotating.fetches()).isEqualTo(before + 1);
    }
  }

  /** 40-3: without the look-up, with a cache of 60 s in the place of 300 s. */
  @Test
  void withoutTheLookUpARotatedKeyWaitsForTheCacheOrARefresh() throws Exception {
    Map<String, String> settings =
        Map.of("DORSAL_JWKS_REFETCH_ON_UNKNOWN_KID", "false", "DORSAL_JWKS_CACHE_SECONDS", "60");
    try (var rotating = UnrulyProvider.start();
        SecondHost waiting = hostOf(rotating, settings);
        SecondHost other = hostOf(rotating, settings)) {
      String old = administrator(rotating, rotating.token(tenant).signed());
      assertThat(ask(other, old).status()).isEqualTo(200);
      assertThat(ask(waiting, old).status()).isEqualTo(200);
      rotating.addKey("ES256");
      String second = rotating.token(tenant).signed();
      assertReason(ask(waiting, second), "UNKNOWN_KID");
      // What one instance is told reaches the other by the database.
      Answer refreshed = api.callAt(other.address(), "POST", "/admin/auth/jwks/refresh", old, null);
      assertThat(refreshed.status()).as(refreshed.text()).isEqualTo(200);
      assertThat(refreshed.at("/key_sets/0/issuer")).isEqualTo(rotating.address());
      assertThat(ask(other, second).status()).isEqualTo(200);
      Thread.sleep(5_000);
      assertThat(ask(waiting, second).status()).isEqualTo(200);

      rotating.addKey("RS256");
      String third = rotating.token(tenant).signed();
      assertReason(ask(waiting, third), "UNKNOWN_KID");
      Thread.sleep(61_000);
      assertThat(ask(waiting, third).status()).isEqualTo(200);
    }
  }

  /** 40-4. */
  @Test
  void floodOfUnknownKeysCostsThreeFetchesAndKeepsNobodyOut() throws Exception {
    try (var flooded = UnrulyProvider.start();
        SecondHost alone = hostOf(flooded, Map.of());
        var threads = Executors.newFixedThreadPool(8)) {
      String good = flooded.token(tenant).signed();
      assertThat(ask(alone, good).status()).isEqualTo(200);
      int before = flooded.fetches();
      List<Future<Answer>> bad = new ArrayList<>();
      List<Future<Answer>> right = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        String token = flooded.token(tenant).header("kid", UUID.randomUUID().toString()).signed();
        bad.add(threads.submit(() -> ask(alone, token)));
        if (i % 50 == 0) {
          right.add(threads.submit(() -> ask(alone, good)));
        }
      }
      for (Future<Answer> answer : bad) {
        assertReason(answer.get(), "UNKNOWN_KID");
      }
      for (Future<Answer> answer : right) {
        assertThat(answer.get().status()).isEqualTo(200);
      }
      assertThat(flooded.fetches() - before).isLessThanOrEqualTo(3);
    }
  }

  /** 40-5. */
  @Test
  void eachBentTokenHasItsReason() throws JOSEException {
    JWK signing = provider.key();
    JWK curve = provider.addKey("ES256");
    String byCurve = token().signed();
    assertThat(ask(host, byCurve).status()).isEqualTo(200);

    refuses("ALG_NOT_ALLOWED", token().by(signing).unsigned());
    refuses(
        "ALG_NOT_ALLOWED",
        token().header("kid", signing.getKeyID()).by(signing).signedByThePublicKeyAsSecret());
    refuses(
        "ALG_NOT_ALLOWED",
        token().header("alg", "RS256").header("kid", curve.getKeyID()).by(signing).signed());
    refuses("EXPIRED", token().endsIn(Duration.ofSeconds(-61)).signed());
    assertThat(ask(host, token().endsIn(Duration.ofSeconds(-55)).signed()).status()).isEqualTo(200);
    refuses("EXPIRED", token().claim("exp", null).signed());
    refuses("NOT_YET_VALID", token().beginsIn(Duration.ofSeconds(65)).signed());
    refuses("AUDIENCE_MISMATCH", token().claim("aud", "another-api").signed());
    refuses("MALFORMED", token().claim("padding", "x".repeat(17 * 1024)).signed());
    refuses("CLAIM_MISSING", token().claim("sub", null).signed());
    refuses("CLAIM_MISSING", token().claim("tenant_id", null).signed());
    refuses("TENANT_UNKNOWN", token().claim("tenant_id", "nobody").signed());

    assertThat(token().signed().length()).isLessThan(16 * 1024);
  }

  /** 40-5: what a header brings along, or points to, is no key, and nobody goes there. */
  @Test
  void keysThatATokenBringsAreNotLookedAt() throws Exception {
    try (var attacker = UnrulyProvider.start()) {
      for (String kid : List.of(provider.key().getKeyID(), attacker.key().getKeyID())) {
        RSAKey own = new RSAKey.Builder(attacker.key().toRSAKey()).keyID(kid).build();
        refuses(
            kid.equals(attacker.key().getKeyID()) ? "UNKNOWN_KID" : "SIGNATURE_INVALID",
            token()
                .header("alg", "RS256")
                .header("kid", kid)
                .header("jwk", own.toPublicJWK().toJSONObject())
                .header("jku", attacker.address() + "/jwks")
                .header("x5u", attacker.address() + "/jwks")
                .by(own)
                .signed());
      }
      assertThat(attacker.fetches()).isZero();
    }
  }

  /** 40-5: clocks that differ are told by the time of Dorsal's. */
  @Test
  void refusalsForTheTimeNameTheTimeHere() {
    Answer late = ask(host, token().endsIn(Duration.ofHours(-1)).signed());
    assertThat(late.at("/details/server_time")).startsWith("20");
  }

  /** 40-11. */
  @Test
  void silentProviderIsBorneWithAWarmCacheAndNotTheCallersFaultWithout() throws Exception {
    try (var silent = UnrulyProvider.start()) {
      String token = silent.token(tenant).signed();
      try (SecondHost warm = hostOf(silent, Map.of("DORSAL_JWKS_CACHE_SECONDS", "30"))) {
        assertThat(ask(warm, token).status()).isEqualTo(200);
        silent.goAway();
        Thread.sleep(31_000);
        assertThat(ask(warm, token).status()).isEqualTo(200);
        try (SecondHost fresh = hostOf(silent, Map.of())) {
          Answer refused = ask(fresh, token);
          assertThat(refused.status()).isEqualTo(503);
          assertThat(refused.at("/code")).isEqualTo("IDENTITY_PROVIDER_UNAVAILABLE");
          assertThat(api.callAt(fresh.address(), "GET", "/auth/config", null, null).at("/code"))
              .isEqualTo("IDENTITY_PROVIDER_UNAVAILABLE");
          silent.comeBack();
          Thread.sleep(1_100);
          assertThat(ask(fresh, token).status()).isEqualTo(200);
        }
      }
    }
  }

  /** Section 0: the console hard-codes nothing. */
  @Test
  void howToSignInIsToldToEverybody() {
    Answer config = api.callAt(host.address(), "GET", "/auth/config", null, null);
    assertThat(config.status()).as(config.text()).isEqualTo(200);
    assertThat(config.body().propertyNames())
        .containsExactlyInAnyOrder(
            "issuer", "authorize_url", "token_url", "jwks_url", "client_id", "audience", "scopes");
    assertThat(config.at("/issuer")).isEqualTo(provider.address());
    assertThat(config.at("/authorize_url")).isEqualTo(provider.address() + "/authorize");
    assertThat(config.at("/jwks_url")).isEqualTo(provider.address() + "/jwks");
    assertThat(config.at("/audience")).isEqualTo("dorsal-api");
  }

  /** Section 1.2: what is wrong with a token is explained to an administrator. */
  @Test
  void administratorsSeeEveryCheckOfAToken() {
    String wrong = token().claim("aud", "another-api").endsIn(Duration.ofSeconds(-90)).signed();
    String admin = administrator(provider, token().signed());
    Answer explained =
        api.callAt(
            host.address(), "POST", "/admin/auth/explain", admin, "{\"token\":\"" + wrong + "\"}");
    assertThat(explained.status()).as(explained.text()).isEqualTo(200);
    assertThat(explained.at("/accepted")).isEqualTo("false");
    Map<String, String> results = new HashMap<>();
    explained
        .body()
        .path("checks")
        .forEach(
            check ->
                results.put(
                    check.path("check").asString(),
                    check.path("result").asString() + " " + check.path("reason").asString("")));
    assertThat(results)
        .containsEntry("FORM", "PASS ")
        .containsEntry("SIGNATURE", "PASS ")
        .containsEntry("TIMES", "FAIL EXPIRED")
        .containsEntry("AUDIENCE", "FAIL AUDIENCE_MISMATCH");
    assertThat(explained.at("/claims/aud")).isEqualTo("another-api");
    assertThat(explained.at("/header/kid")).isNotEmpty();
    assertThat(explained.at("/key_set/age_seconds")).isNotEmpty();
    assertThat(api.callAt(host.address(), "POST", "/admin/auth/explain", admin, "{}").status())
        .isEqualTo(400);
  }

  private static ForgedToken token() {
    return provider.token(tenant);
  }

  /** The same person, who administers the tenant. */
  private static String administrator(UnrulyProvider of, String token) {
    People.ready(api.stack().jdbcUrl(), of.name(), tenant, "TENANT_ADMIN");
    return token;
  }

  private static SecondHost hostOf(UnrulyProvider of, Map<String, String> settings)
      throws InterruptedException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("DORSAL_OIDC_URL", of.address());
    return SecondHost.beside(api.stack(), all);
  }

  private static Answer ask(SecondHost of, @Nullable String token) {
    return api.callAt(of.address(), "GET", "/notices", token, null);
  }

  private static void refuses(String reason, String token) {
    assertReason(ask(host, token), reason);
  }

  private static void assertReason(Answer answer, String reason) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    assertThat(answer.at("/code")).isEqualTo("AUTH_TOKEN_INVALID");
    assertThat(answer.at("/details/reason")).as(answer.text()).isEqualTo(reason);
    assertThat(answer.headers()).containsEntry("WWW-Authenticate", "Bearer");
  }
}
