package io.dorsal.access;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import io.dorsal.problem.ProblemException;
import java.text.ParseException;
import java.util.Locale;
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
    String text, JsonNode header, JsonNode payload, JWTClaimsSet claims, @Nullable String keyId) {

  private static final int MOST_CHARACTERS = 16 * 1024;
  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

  /** A member that stands twice would be read one way here and another way elsewhere. */
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * @throws ProblemException AUTH_TOKEN_INVALID with reason MALFORMED
   */
  static TokenText parse(String token) {
    if (token.length() > MOST_CHARACTERS) {
      throw Refusals.invalid("MALFORMED", "The token is longer than 16 KiB.");
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw Refusals.invalid("MALFORMED", "The token does not have three parts.");
    }
    JsonNode header = object(parts[0]);
    JsonNode payload = object(parts[1]);
    if (header.has("crit")) {
      throw Refusals.invalid("MALFORMED", "The token demands an extension that is not known here.");
    }
    if (!TYPES.contains(header.path("typ").asString("jwt").toLowerCase(Locale.ROOT))) {
      throw Refusals.invalid("MALFORMED", "The token is of another type than JWT or at+jwt.");
    }
    JsonNode key = header.path("kid");
    try {
      return new TokenText(
          token,
          header,
          payload,
          JWTClaimsSet.parse(payload.toString()),
          key.isString() ? key.asString() : null);
    } catch (ParseException e) {
      throw Refusals.invalid("MALFORMED", "A registered claim of the token has the wrong form.");
    }
  }

  /** What the header says; empty where it says nothing readable. */
  String algorithm() {
    return header.path("alg").asString("");
  }

  /** The claim {@code iss} as it stands; empty where there is none. */
  String issuer() {
    String issuer = claims.getIssuer();
    return issuer == null ? "" : issuer;
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
