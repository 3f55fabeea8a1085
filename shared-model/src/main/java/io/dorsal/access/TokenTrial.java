package io.dorsal.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.dorsal.problem.ProblemException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One token before its judge (RFC 7519, RFC 8725). Each check uses what the ones before it found,
 * so they are made in the order of {@link TokenCheck}. For one thread.
 */
final class TokenTrial {

  /** The checks that the token alone decides. */
  static final List<TokenCheck> CHECKS = List.of(TokenCheck.values());

  private final String token;
  private final AccessSettings settings;
  private final Issuers issuers;
  private final Instant now;

  private @Nullable TokenText text;
  private @Nullable TrustedIssuer issuer;
  private @Nullable JWK key;
  private @Nullable Identity identity;
  private boolean signed;

  TokenTrial(String token, AccessSettings settings, Issuers issuers, Instant now) {
    this.token = token;
    this.settings = settings;
    this.issuers = issuers;
    this.now = now;
  }

  /** Whether the checks before it found what this one needs. */
  boolean canMake(TokenCheck check) {
    return switch (check) {
      case FORM -> true;
      case ALGORITHM, ISSUER, TIMES -> text != null;
      case KEY, AUDIENCE, CLAIMS -> issuer != null;
      case SIGNATURE -> key != null;
    };
  }

  /**
   * @throws ProblemException AUTH_TOKEN_INVALID with the reason, or IDENTITY_PROVIDER_UNAVAILABLE
   */
  void make(TokenCheck check) {
    switch (check) {
      case FORM -> text = TokenText.parse(token);
      case ALGORITHM -> requireAlgorithm();
      case ISSUER -> issuer = trusted();
      case KEY -> key = fitting();
      case SIGNATURE -> {
        requireSignature();
        signed = true;
      }
      case TIMES -> requireTimes(text().claims());
      case AUDIENCE -> requireAudience();
      case CLAIMS -> identity = named();
    }
  }

  /** Null before the form was found good. */
  @Nullable TokenText found() {
    return text;
  }

  /** Null before the issuer was found trusted. */
  @Nullable TrustedIssuer foundIssuer() {
    return issuer;
  }

  /** Whom it names, once all checks passed. */
  Identity identity() {
    return Objects.requireNonNull(identity);
  }

  /** Whom the provider's signature names, whatever else is wrong with the token. */
  Optional<Identity> vouched() {
    try {
      return signed ? Optional.of(named()) : Optional.empty();
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  private TokenText text() {
    return Objects.requireNonNull(text);
  }

  private void requireAlgorithm() {
    if (!settings.jwtAlgorithms().contains(text().algorithm())) {
      throw Refusals.invalid(
          "ALG_NOT_ALLOWED",
          "The token's algorithm is none of " + String.join(", ", settings.jwtAlgorithms()) + ".");
    }
  }

  private TrustedIssuer trusted() {
    String tenant = Objects.toString(text().claims().getClaim("tenant_id"), "");
    return issuers
        .trusted(text().issuer(), tenant)
        .orElseThrow(
            () ->
                Refusals.invalid(
                    "ISSUER_MISMATCH",
                    "The token is from another provider.",
                    Map.of("expected_issuer", settings.issuer(), "token_issuer", text().issuer())));
  }

  private JWK fitting() {
    JWK found =
        Optional.ofNullable(text().keyId())
            .flatMap(Objects.requireNonNull(issuer).keys()::key)
            .orElseThrow(
                () -> Refusals.invalid("UNKNOWN_KID", "The provider has no key of this id."));
    boolean named =
        found.getAlgorithm() == null || found.getAlgorithm().getName().equals(text().algorithm());
    boolean fits =
        switch (found) {
          case RSAKey rsa -> text().algorithm().equals("RS256");
          case ECKey curve -> text().algorithm().equals("ES256");
          default -> false;
        };
    if (!named || !fits) {
      throw Refusals.invalid("ALG_NOT_ALLOWED", "The token's key is for another algorithm.");
    }
    return found;
  }

  private void requireSignature() {
    try {
      if (!SignedJWT.parse(token).verify(verifier(Objects.requireNonNull(key)))) {
        throw Refusals.invalid("SIGNATURE_INVALID", "The token's signature is not the provider's.");
      }
    } catch (JOSEException | ParseException e) {
      throw Refusals.invalid("SIGNATURE_INVALID", "The token's signature cannot be checked.");
    }
  }

  private static JWSVerifier verifier(JWK key) throws JOSEException {
    return key instanceof ECKey curve ? new ECDSAVerifier(curve) : new RSASSAVerifier((RSAKey) key);
  }

  private void requireTimes(JWTClaimsSet claims) {
    Duration skew = Duration.ofSeconds(settings.jwtClockSkewSeconds());
    Map<String, Object> clock = Map.of("server_time", now.toString());
    Date expiry = claims.getExpirationTime();
    if (expiry == null) {
      throw Refusals.invalid("EXPIRED", "The token has no end.", clock);
    }
    if (!expiry.toInstant().plus(skew).isAfter(now)) {
      throw Refusals.invalid("EXPIRED", "The token has expired.", clock);
    }
    for (Date from : Arrays.asList(claims.getNotBeforeTime(), claims.getIssueTime())) {
      if (from != null && from.toInstant().minus(skew).isAfter(now)) {
        throw Refusals.invalid("NOT_YET_VALID", "The token is not valid yet.", clock);
      }
    }
  }

  private void requireAudience() {
    String expected = Objects.requireNonNull(issuer).audience();
    if (!text().claims().getAudience().contains(expected)) {
      throw Refusals.invalid(
          "AUDIENCE_MISMATCH",
          "The token is for another audience.",
          Map.of("expected_audience", expected));
    }
  }

  private Identity named() {
    TrustedIssuer from = Objects.requireNonNull(issuer);
    Identity found = Identity.of(from.name(), text().claims());
    if (!from.speaksFor(found.tenantId())) {
      throw Refusals.invalid("TENANT_UNKNOWN", "The provider does not speak for this tenant.");
    }
    return found;
  }
}
