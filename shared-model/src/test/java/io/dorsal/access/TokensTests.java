package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.dorsal.problem.Problem;
import io.dorsal.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class TokensTests {

  private static final UUID TENANT = UUID.fromString("6f0c2b5e-27b4-4f3c-9d71-1d1d2c9a6d01");
  private static final AtomicInteger FETCHES = new AtomicInteger();

  /** Of keys that a token points to. */
  private static final AtomicInteger VISITS = new AtomicInteger();

  private static RSAKey rsa;
  private static ECKey ec;
  private static HttpServer provider;
  private static Tokens tokens;

  @BeforeAll
  static void start() throws Exception {
    rsa = new RSAKeyGenerator(2_048).keyID("rsa").generate();
    ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/.well-known/openid-configuration", "{\"jwks_uri\":\"" + issuer() + "/jwks\"}");
    answer("/jwks", new JWKSet(List.of(rsa, ec)).toString());
    provider.start();
    tokens = new Tokens(settings(issuer(), null), Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    provider.stop(0);
  }

  @Test
  void takesBothAlgorithmsAndReadsWhomItNames() throws Exception {
    Identity named = tokens.identityOf("Bearer " + signed(claims()));
    assertThat(named.subject()).isEqualTo("ann");
    assertThat(named.tenantId()).isEqualTo(TENANT);
    assertThat(tokens.identityOf("bearer   " + signedByCurve(claims()) + " ")).isEqualTo(named);
  }

  @Test
  void takesAccessTokensOfTheirOwnTypeAndOneSlashMoreInTheIssuer() throws Exception {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("rsa")
            .type(new com.nimbusds.jose.JOSEObjectType("at+jwt"))
            .build();
    String token = signed(header, changed(c -> c.issuer(issuer() + "/")), new RSASSASigner(rsa));
    assertThat(tokens.identityOf("Bearer " + token).subject()).isEqualTo("ann");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void noCredentialAtAllHasItsOwnCode(@Nullable String header) {
    refuses(header, AccessProblem.AUTH_TOKEN_MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Basic YTpi", "Bearer", "Bearer ", "Bearer garbage", "Bearer a.b.c", "Bearer .."})
  void garbageIsMalformed(String header) {
    assertThat(reason(header)).isEqualTo("MALFORMED");
  }

  @Test
  void moreThanSixteenKibibytesAreMalformed() throws Exception {
    String token = signed(changed(c -> c.claim("padding", "x".repeat(17 * 1024))));
    assertThat(reason("Bearer " + token)).isEqualTo("MALFORMED");
  }

  @Test
  void onlySignaturesByTheTwoAlgorithmsCount() throws Exception {
    var plain = new PlainJWT(claims());
    assertThat(reason("Bearer " + plain.serialize())).isEqualTo("ALG_NOT_ALLOWED");
    byte[] publicKey = rsa.toRSAPublicKey().getEncoded();
    var symmetric = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build();
    assertThat(reason("Bearer " + signed(symmetric, claims(), new MACSigner(publicKey))))
        .isEqualTo("ALG_NOT_ALLOWED");
    var longer = new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("rsa").build();
    assertThat(reason("Bearer " + signed(longer, claims(), new RSASSASigner(rsa))))
        .isEqualTo("ALG_NOT_ALLOWED");
  }

  @Test
  void keyOfSomebodyElseIsRefused() throws Exception {
    RSAKey other = new RSAKeyGenerator(2_048).keyID("rsa").generate();
    assertThat(reason("Bearer " + signed(claims(), other))).isEqualTo("SIGNATURE_INVALID");
    String good = signed(claims());
    String[] parts = good.split("\\.", -1);
    String forged =
        Base64URL.encode(changed(c -> c.claim("roles", List.of("TENANT_ADMIN"))).toString())
            .toString();
    assertThat(reason("Bearer " + parts[0] + "." + forged + "." + parts[2]))
        .isEqualTo("SIGNATURE_INVALID");
  }

  @Test
  void aKeyServesItsOwnAlgorithmOnly() throws Exception {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("ec").build();
    assertThat(reason("Bearer " + signed(header, claims(), new RSASSASigner(rsa))))
        .isEqualTo("ALG_NOT_ALLOWED");
  }

  @Test
  void keysThatATokenBringsAreNotLookedAt() throws Exception {
    RSAKey own = new RSAKeyGenerator(2_048).keyID("rsa").generate();
    RSAKey strange = new RSAKey.Builder(own).keyID("strange").build();
    answer("/attacker", new JWKSet(List.of(own, strange)).toString());
    int before = VISITS.get();
    for (RSAKey key : List.of(own, strange)) {
      var header =
          new JWSHeader.Builder(JWSAlgorithm.RS256)
              .keyID(key.getKeyID())
              .jwk(key.toPublicJWK())
              .jwkURL(URI.create(issuer() + "/attacker"))
              .x509CertURL(URI.create(issuer() + "/attacker"))
              .build();
      assertThat(reason("Bearer " + signed(header, claims(), new RSASSASigner(key))))
          .isEqualTo(key.getKeyID().equals("rsa") ? "SIGNATURE_INVALID" : "UNKNOWN_KID");
    }
    assertThat(VISITS.get() - before).isZero();
    var nameless = new JWSHeader.Builder(JWSAlgorithm.RS256).build();
    assertThat(reason("Bearer " + signed(nameless, claims(), new RSASSASigner(rsa))))
        .isEqualTo("UNKNOWN_KID");
  }

  @Test
  void membersThatStandTwiceAndUnknownExtensionsAreMalformed() throws Exception {
    String[] good = signed(claims()).split("\\.", -1);
    String twice = "{\"alg\":\"RS256\",\"alg\":\"none\",\"kid\":\"rsa\"}";
    String extended = "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"crit\":[\"b64\"],\"b64\":false}";
    String otherType = "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":\"logout+jwt\"}";
    for (String header : List.of(twice, extended, otherType, "[]", "7", "")) {
      String token = Base64URL.encode(header) + "." + good[1] + "." + good[2];
      assertThat(reason("Bearer " + token)).as(header).isEqualTo("MALFORMED");
    }
    String payload = "{\"sub\":\"ann\",\"sub\":\"bob\"}";
    String token = good[0] + "." + Base64URL.encode(payload) + "." + good[2];
    assertThat(reason("Bearer " + token)).isEqualTo("MALFORMED");
  }

  @Test
  void unknownKeysAreRefusedEachTimeWithFewFetches() throws Exception {
    var fresh = new Tokens(settings(issuer(), null), Clock.systemUTC());
    int before = FETCHES.get();
    for (int i = 0; i < 20; i++) {
      RSAKey unknown = new RSAKey.Builder(rsa).keyID("unknown-" + i).build();
      String token = signed(claims(), unknown);
      assertThat(reason(fresh, "Bearer " + token)).isEqualTo("UNKNOWN_KID");
    }
    assertThat(FETCHES.get() - before).isBetween(1, 4);
    assertThat(fresh.identityOf("Bearer " + signed(claims())).subject()).isEqualTo("ann");
  }

  @Test
  void anotherIssuerIsNamedBesideTheExpectedOne() throws Exception {
    String token = signed(changed(c -> c.issuer("https://elsewhere.example")));
    ProblemException refusal = refuses("Bearer " + token, AccessProblem.AUTH_TOKEN_INVALID);
    assertThat(refusal.details())
        .containsEntry("reason", "ISSUER_MISMATCH")
        .containsEntry("expected_issuer", issuer())
        .containsEntry("token_issuer", "https://elsewhere.example");
    assertThat(reason("Bearer " + signed(changed(c -> c.issuer(null)))))
        .isEqualTo("ISSUER_MISMATCH");
  }

  @Test
  void configuredIssuerReplacesTheProvidersAddress() throws Exception {
    var outside = new Tokens(settings(issuer(), "https://login.example"), Clock.systemUTC());
    String token = signed(changed(c -> c.issuer("https://login.example")));
    assertThat(outside.identityOf("Bearer " + token).subject()).isEqualTo("ann");
    assertThat(reason(outside, "Bearer " + signed(claims()))).isEqualTo("ISSUER_MISMATCH");
  }

  @Test
  void timesAreJudgedWithAMinuteOfSkew() throws Exception {
    assertThat(reasonAt(-61, null, null)).isEqualTo("EXPIRED");
    assertThat(reasonAt(null, null, null)).isEqualTo("EXPIRED");
    assertThat(reasonAt(300, 65, null)).isEqualTo("NOT_YET_VALID");
    assertThat(reasonAt(300, null, 65)).isEqualTo("NOT_YET_VALID");
    assertThat(tokens.identityOf("Bearer " + timed(-50, 50, 50)).subject()).isEqualTo("ann");
  }

  /** Scenario 5 of 40-access-operations. */
  @Test
  void fiftyNineSecondsEarlyIsAcceptedSixtyOneIsNot() throws Exception {
    Instant begin = Instant.ofEpochSecond(Instant.now().getEpochSecond());
    String token =
        signed(
            changed(
                c ->
                    c.notBeforeTime(Date.from(begin))
                        .issueTime(Date.from(begin.minusSeconds(120)))
                        .expirationTime(Date.from(begin.plusSeconds(300)))));
    assertThat(at(begin.minusSeconds(59)).identityOf("Bearer " + token).subject()).isEqualTo("ann");
    assertThat(reason(at(begin.minusSeconds(61)), "Bearer " + token)).isEqualTo("NOT_YET_VALID");
  }

  /** Scenario 5 of 40-access-operations. */
  @Test
  void fiftyNineSecondsLateIsAcceptedSixtyOneIsNot() throws Exception {
    Instant expiry = Instant.ofEpochSecond(Instant.now().getEpochSecond());
    String token = signed(changed(c -> c.expirationTime(Date.from(expiry))));
    assertThat(at(expiry.plusSeconds(59)).identityOf("Bearer " + token).subject()).isEqualTo("ann");
    assertThat(reason(at(expiry.plusSeconds(61)), "Bearer " + token)).isEqualTo("EXPIRED");
  }

  private static Tokens at(Instant now) {
    return new Tokens(settings(issuer(), null), Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void anotherAudienceIsRefusedOneOfSeveralIsEnough() throws Exception {
    assertThat(reason("Bearer " + signed(changed(c -> c.audience("other")))))
        .isEqualTo("AUDIENCE_MISMATCH");
    assertThat(reason("Bearer " + signed(changed(c -> c.audience((String) null)))))
        .isEqualTo("AUDIENCE_MISMATCH");
    String several = signed(changed(c -> c.audience(List.of("other", "dorsal-api"))));
    assertThat(tokens.identityOf("Bearer " + several).subject()).isEqualTo("ann");
  }

  /** So that a refusal can be told to the tenant that it concerns. */
  @Test
  void whomTheSignatureProvesIsKnownThoughTheTokenIsRefused() throws Exception {
    for (String token : List.of(timed(-61, null, null), signed(changed(c -> c.audience("x"))))) {
      assertThat(refusal(tokens, "Bearer " + token))
          .isInstanceOfSatisfying(
              KeptOutException.class,
              e -> {
                assertThat(e.identity().subject()).isEqualTo("ann");
                assertThat(e.identity().tenantId()).isEqualTo(TENANT);
              });
    }
    RSAKey forger = new RSAKeyGenerator(2_048).keyID("rsa").generate();
    String nobodys = signed(changed(c -> c.subject(null).audience("x")));
    for (String token : List.of(signed(changed(c -> c.audience("x")), forger), nobodys)) {
      assertThat(refusal(tokens, "Bearer " + token)).isNotInstanceOf(KeptOutException.class);
    }
  }

  @Test
  void tenantAndSubjectAreNeeded() throws Exception {
    for (UnaryOperator<JWTClaimsSet.Builder> change :
        List.<UnaryOperator<JWTClaimsSet.Builder>>of(
            c -> c.claim("tenant_id", null),
            c -> c.claim("tenant_id", "x".repeat(256)),
            c -> c.claim("tenant_id", 7),
            c -> c.claim("groups", "researchers"),
            c -> c.subject(null),
            c -> c.subject(""),
            c -> c.subject("x".repeat(256)))) {
      assertThat(reason("Bearer " + signed(changed(change)))).isEqualTo("CLAIM_MISSING");
    }
  }

  @Test
  void tenantThatCanBeNoneIsUnknown() throws Exception {
    for (String tenant : List.of("not-a-uuid", "1-1-1-1-1")) {
      assertThat(reason("Bearer " + signed(changed(c -> c.claim("tenant_id", tenant)))))
          .isEqualTo("TENANT_UNKNOWN");
    }
  }

  @Test
  void onePersonStaysOneWhateverSlashTheIssuerEndsWith() throws Exception {
    String slashed = signed(changed(c -> c.issuer(issuer() + "/")));
    assertThat(tokens.identityOf("Bearer " + slashed).issuer()).isEqualTo(issuer());
  }

  @Test
  void explanationTellsEveryCheckAndNotOnlyTheFirstThatFails() throws Exception {
    TokenExplanation good = tokens.explain(signed(claims()));
    assertThat(good.accepted()).isTrue();
    assertThat(good.checks()).allMatch(TokenExplanation.Finding::passed).hasSize(8);
    assertThat(String.valueOf(good.claims())).contains("\"sub\":\"ann\"");
    assertThat(good.keySet()).isNotNull();

    String bad =
        signed(changed(c -> c.audience("other").expirationTime(in(-100)).claim("tenant_id", null)));
    assertThat(failures(tokens.explain(bad)))
        .containsExactly("TIMES EXPIRED", "AUDIENCE AUDIENCE_MISMATCH", "CLAIMS CLAIM_MISSING");
    TokenExplanation none = tokens.explain("nothing");
    assertThat(failures(none)).containsExactly("FORM MALFORMED");
    assertThat(none.checks())
        .filteredOn(f -> f.result() == TokenExplanation.Result.SKIPPED)
        .hasSize(7);
    assertThat(failures(tokens.explain(new PlainJWT(claims()).serialize())))
        .containsExactly("ALGORITHM ALG_NOT_ALLOWED", "KEY UNKNOWN_KID");
  }

  private static List<String> failures(TokenExplanation explanation) {
    assertThat(explanation.accepted()).isFalse();
    return explanation.checks().stream()
        .filter(finding -> finding.result() == TokenExplanation.Result.FAIL)
        .map(finding -> finding.check() + " " + finding.reason())
        .toList();
  }

  @Test
  void refusalsAreCountedByReason() {
    var counts = new AccessCounts();
    var counting =
        new Tokens(
            settings(issuer(), null), Clock.systemUTC(), counts, List::of, KeySetRefreshes.none());
    refusal(counting, null);
    refusal(counting, "Bearer garbage");
    refusal(counting, "Bearer garbage");
    assertThat(counts.refusals())
        .isEqualTo(java.util.Map.of("AUTH_TOKEN_MISSING", 1L, "MALFORMED", 2L));
  }

  @Test
  void tenantsOwnProviderCountsForThatTenantAlone() throws Exception {
    var other = UUID.randomUUID();
    var directory =
        new FurtherIssuer.Directory() {
          @Override
          public List<FurtherIssuer> all() {
            return List.of(
                new FurtherIssuer(TENANT, "https://own.example/", issuer() + "/jwks", "own-api"));
          }

          @Override
          public boolean reaches(URI url) {
            return true;
          }
        };
    var judge =
        new Tokens(
            settings("http://127.0.0.1:1", "https://everybody.example"),
            Clock.systemUTC(),
            new AccessCounts(),
            directory,
            KeySetRefreshes.none());
    UnaryOperator<JWTClaimsSet.Builder> own =
        c -> c.issuer("https://own.example").audience("own-api");
    Identity named = judge.identityOf("Bearer " + signed(changed(own)));
    assertThat(named.issuer()).isEqualTo("https://own.example/");
    assertThat(reason(judge, "Bearer " + signed(changed(c -> own.apply(c).audience("dorsal-api")))))
        .isEqualTo("AUDIENCE_MISMATCH");
    assertThat(
            reason(
                judge,
                "Bearer "
                    + signed(changed(c -> own.apply(c).claim("tenant_id", other.toString())))))
        .isEqualTo("TENANT_UNKNOWN");
    assertThat(reason(judge, "Bearer " + signed(changed(c -> c.issuer("https://third.example")))))
        .isEqualTo("ISSUER_MISMATCH");
  }

  @Test
  void wishForFreshKeysIsNoticedWithinSeconds() throws Exception {
    var number = new AtomicInteger();
    var now = new java.util.concurrent.atomic.AtomicReference<>(Instant.now());
    var wishes =
        new KeySetRefreshes() {
          @Override
          public long latest() {
            return number.get();
          }

          @Override
          public void wish(String actor) {}
        };
    var judge =
        new Tokens(
            settings(issuer(), null),
            ((java.time.InstantSource) now::get).withZone(ZoneOffset.UTC),
            new AccessCounts(),
            List::of,
            wishes);
    String token = "Bearer " + signed(claims());
    judge.identityOf(token);
    int before = FETCHES.get();
    number.incrementAndGet();
    judge.identityOf(token);
    assertThat(FETCHES.get()).isEqualTo(before);
    now.updateAndGet(instant -> instant.plusSeconds(3));
    judge.identityOf(token);
    judge.identityOf(token);
    assertThat(FETCHES.get()).isEqualTo(before + 1);
  }

  @Test
  void silentProviderIsNotTheCallersFault() throws Exception {
    var gone = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gone.start();
    int port = gone.getAddress().getPort();
    gone.stop(0);
    var lost = new Tokens(settings("http://127.0.0.1:" + port, issuer()), Clock.systemUTC());
    String token = signed(claims());
    assertThat(refusal(lost, "Bearer " + token).problem())
        .isEqualTo(AccessProblem.IDENTITY_PROVIDER_UNAVAILABLE);
  }

  private static String reasonAt(
      @Nullable Integer expires, @Nullable Integer from, @Nullable Integer issued)
      throws JOSEException {
    return reason("Bearer " + timed(expires, from, issued));
  }

  private static String timed(
      @Nullable Integer expires, @Nullable Integer from, @Nullable Integer issued)
      throws JOSEException {
    return signed(
        changed(c -> c.expirationTime(in(expires)).notBeforeTime(in(from)).issueTime(in(issued))));
  }

  private static @Nullable Date in(@Nullable Integer seconds) {
    return seconds == null ? null : Date.from(Instant.now().plusSeconds(seconds));
  }

  private static String reason(String header) {
    return reason(tokens, header);
  }

  private static String reason(Tokens judge, String header) {
    ProblemException refusal = refusal(judge, header);
    assertThat(refusal.problem()).isEqualTo(AccessProblem.AUTH_TOKEN_INVALID);
    return String.valueOf(refusal.details().get("reason"));
  }

  private static ProblemException refuses(@Nullable String header, Problem problem) {
    ProblemException refusal = refusal(tokens, header);
    assertThat(refusal.problem()).isEqualTo(problem);
    return refusal;
  }

  private static ProblemException refusal(Tokens judge, @Nullable String header) {
    return catchThrowableOfType(ProblemException.class, () -> judge.identityOf(header));
  }

  private static JWTClaimsSet claims() {
    return changed(c -> c);
  }

  private static JWTClaimsSet changed(UnaryOperator<JWTClaimsSet.Builder> change) {
    return change
        .apply(
            new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience("dorsal-api")
                .subject("ann")
                .expirationTime(in(300))
                .claim("tenant_id", TENANT.toString()))
        .build();
  }

  private static String signed(JWTClaimsSet claims) throws JOSEException {
    return signed(claims, rsa);
  }

  private static String signed(JWTClaimsSet claims, RSAKey key) throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    return signed(header, claims, new RSASSASigner(key));
  }

  private static String signedByCurve(JWTClaimsSet claims) throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build();
    return signed(header, claims, new ECDSASigner(ec));
  }

  private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
      throws JOSEException {
    var jwt = new SignedJWT(header, claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  private static String issuer() {
    return "http://127.0.0.1:" + provider.getAddress().getPort();
  }

  private static AccessSettings settings(String provider, @Nullable String issuer) {
    return KeySetTests.settings(provider, issuer, true);
  }

  private static void answer(String path, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    provider.createContext(
        path,
        exchange -> {
          FETCHES.addAndGet(path.equals("/jwks") ? 1 : 0);
          VISITS.addAndGet(path.equals("/attacker") ? 1 : 0);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
