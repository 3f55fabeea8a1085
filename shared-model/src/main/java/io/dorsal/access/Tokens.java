package io.dorsal.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.dorsal.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Comparator;
import java.util.EnumSet;
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
      return processor().process(token, null);
    } catch (ParseException e) {
      throw invalid("MALFORMED", "The token is not a signed JWT.");
    } catch (KeySourceException e) {
      throw new ProblemException(
          AccessProblem.IDENTITY_PROVIDER_UNAVAILABLE, "The key set cannot be fetched.", e);
    } catch (BadJOSEException e) {
      throw invalid("REJECTED", String.valueOf(e.getMessage()));
    } catch (JOSEException e) {
      throw invalid("SIGNATURE_INVALID", "The token's signature cannot be checked.");
    }
  }

  private static Caller callerOf(JWTClaimsSet claims) {
    try {
      String tenant = claims.getStringClaim("tenant_id");
      String subject = claims.getSubject();
      if (tenant == null || subject == null || subject.length() > 255) {
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
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.create(keySetUrl(retriever), retriever)
            .cache(settings.jwksCacheSeconds() * 1_000L, FETCH_MILLIS)
            .build();
    var judge = new DefaultJWTProcessor<SecurityContext>();
    judge.setJWSKeySelector(
        new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), keys));
    var claims =
        new DefaultJWTClaimsVerifier<SecurityContext>(
            settings.jwtAudience(),
            new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
            Set.of("sub", "exp", "tenant_id"));
    claims.setMaxClockSkew((int) settings.jwtClockSkew().toSeconds());
    judge.setJWTClaimsSetVerifier(claims);
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
    return new ProblemException(AccessProblem.AUTH_TOKEN_INVALID, detail, Map.of("reason", reason));
  }
}
