package io.dorsal.local.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** Signs tokens as the local provider does. Immutable; needs no running provider. */
public final class Tokens {

  private final String issuer;
  private final RSAKey key;

  private Tokens(String issuer, RSAKey key) {
    this.issuer = issuer;
    this.key = key;
  }

  /**
   * Tokens the API accepts.
   *
   * @param issuer the provider's address as {@link OidcServer#issuer()} gives it
   * @param keyFile the provider's key
   */
  public static Tokens trusted(String issuer, Path keyFile) throws IOException {
    return new Tokens(issuer, SigningKey.at(keyFile));
  }

  /** Tokens signed by a key the provider does not publish, under the id of one that it does. */
  public static Tokens untrusted(String issuer) {
    return new Tokens(issuer, SigningKey.fresh());
  }

  /** A signed token in its compact form, RS256. */
  public String mint(TokenRequest request) {
    Instant now = Instant.now();
    Instant end = now.plus(request.life());
    // An expired token was valid once: it was issued before it ended.
    Instant issued = end.isBefore(now) ? end.minusSeconds(3600) : now;
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience(request.audience())
            .subject(request.subject())
            .claim("tenant_id", request.tenantId().toString())
            .claim("email", request.subject() + ".example")
            .claim("email_verified", true)
            .claim("name", request.subject())
            .claim("client_id", TokenRequest.CLIENT)
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(issued))
            .notBeforeTime(Date.from(issued))
            .expirationTime(Date.from(end));
    request.claims().forEach(claims::claim);
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID(key.getKeyID())
            .type(JOSEObjectType.JWT)
            .build();
    SignedJWT token = new SignedJWT(header, claims.build());
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("The local signing key does not sign", e);
    }
    return token.serialize();
  }
}
