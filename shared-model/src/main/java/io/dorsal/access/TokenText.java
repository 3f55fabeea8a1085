package io.dorsal.access;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.dorsal.problem.ProblemException;
import java.text.ParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A token's text, taken apart but not yet believed (RFC 7515, compact form). Keys that the header
 * itself brings ({@code jku}, {@code jwk}, {@code x5u}) are never looked at.
 *
 * @param keyId null where the header names no key
 */
record TokenText(
    SignedJWT jwt, JWTClaimsSet claims, JWSAlgorithm algorithm, @Nullable String keyId) {

  private static final int MOST_CHARACTERS = 16 * 1024;
  private static final Set<JOSEObjectType> TYPES =
      Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));

  /** A member that stands twice would be read one way here and another way elsewhere. */
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * @param allowed names of algorithms
   * @throws ProblemException AUTH_TOKEN_INVALID with reason MALFORMED or ALG_NOT_ALLOWED
   */
  static TokenText parse(String token, Set<String> allowed) {
    if (token.length() > MOST_CHARACTERS) {
      throw Refusals.invalid("MALFORMED", "The token is longer than 16 KiB.");
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw Refusals.invalid("MALFORMED", "The token does not have three parts.");
    }
    JsonNode header = object(parts[0]);
    object(parts[1]);
    if (header.has("crit")) {
      throw Refusals.invalid("MALFORMED", "The token demands an extension that is not known here.");
    }
    if (!allowed.contains(header.path("alg").asString(""))) {
      throw Refusals.invalid(
          "ALG_NOT_ALLOWED",
          "The token's algorithm is none of " + String.join(", ", allowed) + ".");
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JOSEObjectType type = jwt.getHeader().getType();
      if (type != null && !TYPES.contains(type)) {
        throw Refusals.invalid("MALFORMED", "The token is of another type than JWT or at+jwt.");
      }
      return new TokenText(
          jwt, jwt.getJWTClaimsSet(), jwt.getHeader().getAlgorithm(), jwt.getHeader().getKeyID());
    } catch (ParseException e) {
      throw Refusals.invalid("MALFORMED", "The token is not a signed JWT.");
    }
  }

  private static JsonNode object(String part) {
    try {
      JsonNode node = STRICT.readTree(new Base64URL(part).decode());
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JacksonException | IllegalArgumentException e) {
      // Told below like any other text that is no JSON object.
    }
    throw Refusals.invalid(
        "MALFORMED", "The token's header and payload are not JSON objects of distinct members.");
  }
}
