package io.dorsal.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import io.dorsal.problem.ProblemException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Judges bearer tokens (RFC 7519, RFC 8725): form, algorithm, issuer, key, signature, times,
 * audience, tenant and subject, in this order; the first that fails is the reason told.
 * Thread-safe; the key set is fetched at the first token.
 */
@Component
public class Tokens {

  private final AccessSettings settings;
  private final Clock clock;
  private final KeySet keys;

  public Tokens(AccessSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.keys = new KeySet(new IdentityProvider(settings), settings, clock);
  }

  /**
   * Whom an {@code Authorization} header names.
   *
   * @throws ProblemException AUTH_TOKEN_MISSING, AUTH_TOKEN_INVALID (with {@code details.reason})
   *     or IDENTITY_PROVIDER_UNAVAILABLE
   */
  public Identity identityOf(@Nullable String authorization) {
    if (authorization == null || authorization.isBlank()) {
      throw new ProblemException(
          AccessProblem.AUTH_TOKEN_MISSING, "The request carries no Authorization header.");
    }
    if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw Refusals.invalid("MALFORMED", "The Authorization header is not a bearer token.");
    }
    TokenText token = TokenText.parse(authorization.substring(7).strip(), settings.jwtAlgorithms());
    requireIssuer(token.claims());
    requireSignature(token);
    requireTimes(token.claims());
    requireAudience(token.claims());
    return identityOf(token.claims());
  }

  private void requireIssuer(JWTClaimsSet claims) {
    String issuer = String.valueOf(claims.getIssuer());
    if (!AccessSettings.sameIssuer(issuer, settings.issuer())) {
      throw Refusals.invalid(
          "ISSUER_MISMATCH",
          "The token is from another provider.",
          Map.of("expected_issuer", settings.issuer(), "token_issuer", issuer));
    }
  }

  private void requireSignature(TokenText token) {
    String id = token.keyId();
    JWK key =
        (id == null ? java.util.Optional.<JWK>empty() : keys.key(id))
            .orElseThrow(
                () -> Refusals.invalid("UNKNOWN_KID", "The provider has no key of this id."));
    if (key.getAlgorithm() != null && !key.getAlgorithm().equals(token.algorithm())) {
      throw otherAlgorithm();
    }
    try {
      if (!token.jwt().verify(verifier(key, token.algorithm()))) {
        throw Refusals.invalid("SIGNATURE_INVALID", "The token's signature is not the provider's.");
      }
    } catch (JOSEException e) {
      throw Refusals.invalid("SIGNATURE_INVALID", "The token's signature cannot be checked.");
    }
  }

  private static JWSVerifier verifier(JWK key, JWSAlgorithm algorithm) throws JOSEException {
    return switch (key) {
      case RSAKey rsa when algorithm.equals(JWSAlgorithm.RS256) -> new RSASSAVerifier(rsa);
      case ECKey curve when algorithm.equals(JWSAlgorithm.ES256) -> new ECDSAVerifier(curve);
      default -> throw otherAlgorithm();
    };
  }

  private static ProblemException otherAlgorithm() {
    return Refusals.invalid("ALG_NOT_ALLOWED", "The token's key is for another algorithm.");
  }

  private void requireTimes(JWTClaimsSet claims) {
    Instant now = clock.instant();
    Duration skew = Duration.ofSeconds(settings.jwtClockSkewSeconds());
    Date expiry = claims.getExpirationTime();
    if (expiry == null || !expiry.toInstant().plus(skew).isAfter(now)) {
      throw Refusals.invalid(
          "EXPIRED", "The token has expired.", Map.of("server_time", now.toString()));
    }
    for (Date from : Arrays.asList(claims.getNotBeforeTime(), claims.getIssueTime())) {
      if (from != null && from.toInstant().minus(skew).isAfter(now)) {
        throw Refusals.invalid(
            "NOT_YET_VALID", "The token is not valid yet.", Map.of("server_time", now.toString()));
      }
    }
  }

  private void requireAudience(JWTClaimsSet claims) {
    if (!claims.getAudience().contains(settings.jwtAudience())) {
      throw Refusals.invalid(
          "AUDIENCE_MISMATCH",
          "The token is for another audience.",
          Map.of("expected_audience", settings.jwtAudience()));
    }
  }

  private static Identity identityOf(JWTClaimsSet claims) {
    try {
      String tenant = claims.getStringClaim("tenant_id");
      String subject = claims.getSubject();
      if (tenant == null || subject == null || subject.isEmpty() || subject.length() > 255) {
        throw Refusals.invalid("CLAIM_MISSING", "The token lacks sub or tenant_id.");
      }
      String client = claims.getStringClaim("client_id");
      return new Identity(
          claims.getIssuer(),
          subject,
          UUID.fromString(tenant),
          claims.getStringClaim("email"),
          Boolean.TRUE.equals(claims.getBooleanClaim("email_verified")),
          claims.getStringClaim("name"),
          claims.getStringListClaim("groups"),
          scopes(claims.getStringClaim("scope")),
          client == null ? claims.getStringClaim("azp") : client,
          texts(claims, "amr"),
          actor(claims.getJSONObjectClaim("act")),
          claims.getIssueTime() == null ? null : claims.getIssueTime().toInstant());
    } catch (ParseException | IllegalArgumentException e) {
      throw Refusals.invalid("CLAIM_MISSING", "A claim has the wrong form.");
    }
  }

  private static @Nullable List<String> scopes(@Nullable String scope) {
    return scope == null || scope.isBlank() ? null : List.of(scope.strip().split(" +"));
  }

  private static List<String> texts(JWTClaimsSet claims, String name) throws ParseException {
    List<String> texts = claims.getStringListClaim(name);
    return texts == null ? List.of() : List.copyOf(texts);
  }

  private static @Nullable String actor(@Nullable Map<String, Object> act) {
    return act != null && act.get("sub") instanceof String subject ? subject : null;
  }
}
