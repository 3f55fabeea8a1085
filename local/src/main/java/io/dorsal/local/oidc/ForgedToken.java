package io.dorsal.local.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A token with any header and any claims, signed any way or not at all: no library stands between.
 * Begins as a right one of its provider. For one thread.
 */
public final class ForgedToken {

  private final UnrulyProvider provider;
  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();
  private JWK key;

  ForgedToken(UnrulyProvider provider, String tenant) {
    this.provider = provider;
    this.key = provider.key();
    String subject = "tenant-admin@" + tenant;
    header("alg", key instanceof ECKey ? "ES256" : "RS256");
    header("kid", key.getKeyID()).header("typ", "JWT");
    claim("iss", provider.name())
        .claim("aud", TokenRequest.AUDIENCE)
        .claim("sub", subject)
        .claim("email", subject + ".example")
        .claim("name", subject)
        .claim("client_id", TokenRequest.CLIENT)
        .claim("tenant_id", TokenRequest.of(tenant, "TENANT_ADMIN").tenantId().toString());
    claim("iat", provider.now().getEpochSecond()).endsIn(Duration.ofMinutes(5));
  }

  /** Sets a member of the header; null leaves it out. */
  public ForgedToken header(String name, @Nullable Object value) {
    return put(header, name, value);
  }

  /** Sets a claim; null leaves it out. */
  public ForgedToken claim(String name, @Nullable Object value) {
    return put(claims, name, value);
  }

  private ForgedToken put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value == null) {
      members.remove(name);
    } else {
      members.put(name, value);
    }
    return this;
  }

  /** Ends so long after the provider's now, before it where negative. */
  public ForgedToken endsIn(Duration time) {
    return claim("exp", provider.now().plus(time).getEpochSecond());
  }

  /** Begins so long after the provider's now. */
  public ForgedToken beginsIn(Duration time) {
    return claim("nbf", provider.now().plus(time).getEpochSecond());
  }

  /** Signs with this key, whatever the header says. */
  public ForgedToken by(JWK other) {
    key = other;
    return this;
  }

  /** The token, signed by its key. */
  public String signed() {
    return content() + "." + signature();
  }

  /** The token with an empty signature and {@code alg} none. */
  public String unsigned() {
    header("alg", "none");
    return content() + ".";
  }

  /** The token with the provider's public key taken as the secret of HS256. */
  public String signedByThePublicKeyAsSecret() {
    header("alg", "HS256");
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(((RSAKey) key).toPublicKey().getEncoded(), "HmacSHA256"));
      return content() + "." + Base64URL.encode(mac.doFinal(bytes(content())));
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String content() {
    JsonMapper json = JsonMapper.shared();
    return Base64URL.encode(json.writeValueAsString(header))
        + "."
        + Base64URL.encode(json.writeValueAsString(claims));
  }

  private Base64URL signature() {
    boolean curve = key instanceof ECKey;
    try {
      Signature signature = Signature.getInstance(curve ? "SHA256withECDSA" : "SHA256withRSA");
      signature.initSign(curve ? ((ECKey) key).toECPrivateKey() : ((RSAKey) key).toRSAPrivateKey());
      signature.update(bytes(content()));
      byte[] raw = signature.sign();
      return Base64URL.encode(curve ? ECDSA.transcodeSignatureToConcat(raw, 64) : raw);
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
