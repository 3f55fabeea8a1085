package io.dorsal.access;

import com.nimbusds.jwt.JWTClaimsSet;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whom a token names, proven by its signature. It grants nothing: what the holder may do stands in
 * the database.
 *
 * @param issuer as the settings name it, whatever slash the token ends it with, so that one person
 *     stays one
 * @param subject at most 255 characters
 * @param emailVerified whether the provider vouches for {@code email}
 * @param groups the provider's groups; null where the token does not tell
 * @param scopes null where the token names none
 * @param clientId the client the token was issued to ({@code client_id}, else {@code azp})
 * @param methods how the holder signed in ({@code amr}, RFC 8176)
 * @param serviceAccount the subject that acts for the holder ({@code act}, RFC 8693)
 * @param issuedAt when the provider said all this; null where the token does not tell
 */
public record Identity(
    String issuer,
    String subject,
    UUID tenantId,
    @Nullable String email,
    boolean emailVerified,
    @Nullable String name,
    @Nullable List<String> groups,
    @Nullable List<String> scopes,
    @Nullable String clientId,
    List<String> methods,
    @Nullable String serviceAccount,
    @Nullable Instant issuedAt) {

  private static final int LONGEST = 255;

  /**
   * @throws ProblemException AUTH_TOKEN_INVALID with reason CLAIM_MISSING, or TENANT_UNKNOWN where
   *     what the token names can be no tenant
   */
  static Identity of(String issuer, JWTClaimsSet claims) {
    try {
      String tenant = claims.getStringClaim("tenant_id");
      String subject = claims.getSubject();
      if (tenant == null || subject == null || !fits(tenant) || !fits(subject)) {
        throw Refusals.invalid("CLAIM_MISSING", "The token lacks a usable sub or tenant_id.");
      }
      String client = claims.getStringClaim("client_id");
      return new Identity(
          issuer,
          subject,
          tenantId(tenant),
          claims.getStringClaim("email"),
          Boolean.TRUE.equals(claims.getBooleanClaim("email_verified")),
          claims.getStringClaim("name"),
          claims.getStringListClaim("groups"),
          scopes(claims.getStringClaim("scope")),
          client == null ? claims.getStringClaim("azp") : client,
          texts(claims, "amr"),
          actor(claims.getJSONObjectClaim("act")),
          claims.getIssueTime() == null ? null : claims.getIssueTime().toInstant());
    } catch (ParseException e) {
      throw Refusals.invalid("CLAIM_MISSING", "A claim has the wrong form.");
    }
  }

  private static UUID tenantId(String text) {
    UUID id = Validation.uuid(text);
    if (id == null) {
      throw Refusals.invalid("TENANT_UNKNOWN", "There is no tenant of this id.");
    }
    return id;
  }

  private static boolean fits(String text) {
    return !text.isEmpty() && text.length() <= LONGEST;
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
