package io.dorsal.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.dorsal.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Judges bearer tokens: signature by the provider's key set, issuer, audience, expiry, tenant and
 * role. Thread-safe; the key set is fetched at the first token and cached.
 */
@Component
public class Tokens {

  private static final int MAX_LENGTH = 16 * 1024;
  private static final int FETCH_MILLIS = 5_000;
  private static final int MAX_KEY_SET_BYTES = 512 * 1024;
  private static final long COOLDOWN_MILLIS = 30_000;
  private static final long OUTAGE_MILLIS = Duration.ofHours(24).toMillis();
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

  private final AccessSettings settings;
  private final JsonMapper json = JsonMapper.shared();
  private volatile @Nullable DefaultJWTProcessor<SecurityContext> processor;

  public Tokens(AccessSettings settings) {
    this.settings = settings;
  }

  /**
   * The caller an {@code Authorization} header proves.
   *
   * @throws ProblemException AUTH_TOKEN_MISSING, AUTH_TOKEN_INVALID (with {@code details.reason})
   *     or IDENTITY_PROVIDER_UNAVAILABLE
   */
  public Caller callerOf(@Nullable String authorization) {
    if (authorization == null || authorization.isBlank()) {
      throw new ProblemException(
          AccessProblem.AUTH_TOKEN_MISSING, "The request carries no Authorization header.");
    }
    if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw invalid("MALFORMED", "The Authorization header is not a bearer token.");
    }
    String token = authorization.substring(7).strip();
    if (token.length() > MAX_LENGTH) {
      throw invalid("MALFORMED", "The token is longer than 16 KiB.");
    }
    return callerOf(verified(token));
  }

  private JWTClaimsSet verified(String token) {
    try {
      JWT jwt = JWTParser.parse(token);
      if (!(jwt instanceof SignedJWT signed)
          || !ALGORITHMS.contains(signed.getHeader().getAlgorithm())) {
        throw invalid("ALG_NOT_ALLOWED", "The token's algorithm is none of " + ALGORITHMS + ".");
      }
      requireIssuer(signed.getJWTClaimsSet());
      JWTClaimsSet claims = processor().process(signed, null);
      requireTimes(claims);
      requireAudience(claims);
      return claims;
    } catch (ParseException e) {
      throw invalid("MALFORMED", "The token is not a signed JWT.");
    } catch (RateLimitReachedException e) {
      // The set was fetched a moment ago: it does not hold this key.
      throw invalid("UNKNOWN_KID", "The provider has no such key.");
    } catch (KeySourceException e) {
      throw new ProblemException(
          AccessProblem.IDENTITY_PROVIDER_UNAVAILABLE, "The key set cannot be fetched.", e);
    } catch (BadJWSException e) {
      throw invalid("SIGNATURE_INVALID", "The token's signature is not the provider's.");
    } catch (BadJOSEException e) {
      throw invalid("UNKNOWN_KID", "The provider has no such key for this algorithm.");
    } catch (JOSEException e) {
      throw invalid("SIGNATURE_INVALID", "The token's signature cannot be checked.");
    }
  }

  private void requireIssuer(JWTClaimsSet claims) {
    String issuer = String.valueOf(claims.getIssuer());
    if (!unslashed(issuer).equals(unslashed(settings.issuer()))) {
      throw invalid(
          "ISSUER_MISMATCH",
          "The token is from another provider.",
          Map.of("expected_issuer", settings.issuer(), "token_issuer", issuer));
    }
  }

  private void requireTimes(JWTClaimsSet claims) {
    Instant now = Instant.now();
    Duration skew = Duration.ofSeconds(settings.jwtClockSkewSeconds());
    Date expiry = claims.getExpirationTime();
    if (expiry == null || !expiry.toInstant().plus(skew).isAfter(now)) {
      throw invalid("EXPIRED", "The token has expired.", Map.of("server_time", now.toString()));
    }
    for (Date from : Arrays.asList(claims.getNotBeforeTime(), claims.getIssueTime())) {
      if (from != null && from.toInstant().minus(skew).isAfter(now)) {
        throw invalid(
            "NOT_YET_VALID", "The token is not valid yet.", Map.of("server_time", now.toString()));
      }
    }
  }

  private void requireAudience(JWTClaimsSet claims) {
    if (!claims.getAudience().contains(settings.jwtAudience())) {
      throw invalid(
          "AUDIENCE_MISMATCH",
          "The token is for another audience.",
          Map.of("expected_audience", settings.jwtAudience()));
    }
  }

  private static String unslashed(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private static Caller callerOf(JWTClaimsSet claims) {
    try {
      String tenant = claims.getStringClaim("tenant_id");
      String subject = claims.getSubject();
      if (tenant == null || subject == null || subject.isEmpty() || subject.length() > 255) {
        throw invalid("CLAIM_MISSING", "The token lacks sub or tenant_id.");
      }
      List<String> names = claims.getStringListClaim("roles");
      Role role =
          EnumSet.allOf(Role.class).stream()
              .filter(candidate -> names != null && names.contains(candidate.name()))
              .max(Comparator.naturalOrder())
              .orElse(Role.VIEWER);
      return new Caller(UUID.fromString(tenant), subject, role);
    } catch (ParseException | IllegalArgumentException e) {
      throw invalid("CLAIM_MISSING", "The claims tenant_id and roles have the wrong form.");
    }
  }

  private DefaultJWTProcessor<SecurityContext> processor() throws KeySourceException {
    DefaultJWTProcessor<SecurityContext> known = processor;
    if (known != null) {
      return known;
    }
    synchronized (this) {
      if (processor == null) {
        processor = newProcessor();
      }
      return processor;
    }
  }

  private DefaultJWTProcessor<SecurityContext> newProcessor() throws KeySourceException {
    var retriever = new DefaultResourceRetriever(FETCH_MILLIS, FETCH_MILLIS, MAX_KEY_SET_BYTES);
    long lifetime = settings.jwksCacheSeconds() * 1_000L;
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.create(keySetUrl(retriever), retriever)
            .cache(lifetime, FETCH_MILLIS)
            // Ahead of its end a set of 30 s would never be fresh.
            .refreshAheadCache(false)
            .rateLimited(Math.min(COOLDOWN_MILLIS, lifetime / 2))
            .outageTolerant(OUTAGE_MILLIS)
            .build();
    var judge = new DefaultJWTProcessor<SecurityContext>();
    judge.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    judge.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    // Issuer, times and audience are judged above, each with its own reason.
    judge.setJWTClaimsSetVerifier(null);
    return judge;
  }

  private URL keySetUrl(DefaultResourceRetriever retriever) throws KeySourceException {
    try {
      if (settings.jwksUrl() != null) {
        return URI.create(settings.jwksUrl()).toURL();
      }
      String base = String.valueOf(settings.oidcUrl()).replaceFirst("/$", "");
      URL discovery = URI.create(base + "/.well-known/openid-configuration").toURL();
      String document = retriever.retrieveResource(discovery).getContent();
      return URI.create(json.readTree(document).path("jwks_uri").asString()).toURL();
    } catch (IOException | IllegalArgumentException e) {
      throw new KeySourceException("The provider's discovery document cannot be read.", e);
    }
  }

  private static ProblemException invalid(String reason, String detail) {
    return invalid(reason, detail, Map.of());
  }

  private static ProblemException invalid(
      String reason, String detail, Map<String, Object> particulars) {
    Map<String, Object> details = new LinkedHashMap<>(particulars);
    details.put("reason", reason);
    return new ProblemException(AccessProblem.AUTH_TOKEN_INVALID, detail, details);
  }
}
