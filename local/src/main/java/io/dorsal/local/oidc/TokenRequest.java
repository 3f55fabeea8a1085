package io.dorsal.local.oidc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a token says about its holder. It grants nothing: what the holder may do stands in the
 * database.
 *
 * @param tenant a UUID, or any name, which always stands for the same UUID
 * @param life from now on; negative for a token that has expired
 * @param claims besides or instead of the usual ones; null leaves one out
 */
public record TokenRequest(
    String tenant,
    String subject,
    String audience,
    Duration life,
    Map<String, @Nullable Object> claims) {

  /** The audience the API expects. */
  public static final String AUDIENCE = "dorsal-api";

  /** The client that tokens are issued to; the API knows it as its own. */
  public static final String CLIENT = "dorsal-cli";

  public TokenRequest {
    claims = new LinkedHashMap<>(claims);
  }

  /** A right token for eight hours, of the user who has the role once it is seeded. */
  public static TokenRequest of(String tenant, String role) {
    return user(tenant, role.toLowerCase(Locale.ROOT).replace('_', '-') + "@" + tenant);
  }

  /** A right token for eight hours, of anybody. */
  public static TokenRequest user(String tenant, String subject) {
    return new TokenRequest(tenant, subject, AUDIENCE, Duration.ofHours(8), Map.of());
  }

  public TokenRequest withAudience(String other) {
    return new TokenRequest(tenant, subject, other, life, claims);
  }

  public TokenRequest withLife(Duration other) {
    return new TokenRequest(tenant, subject, audience, other, claims);
  }

  /** The same with a claim of this value, or without it for null. */
  public TokenRequest with(String claim, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(claims);
    more.put(claim, value);
    return new TokenRequest(tenant, subject, audience, life, more);
  }

  /** The tenant's id: the name itself if it is a UUID, else one made of the name. */
  public UUID tenantId() {
    return tenantId(tenant);
  }

  /** The id that a tenant's name stands for. */
  public static UUID tenantId(String tenant) {
    try {
      return UUID.fromString(tenant);
    } catch (IllegalArgumentException e) {
      return UUID.nameUUIDFromBytes(("dorsal-tenant:" + tenant).getBytes(StandardCharsets.UTF_8));
    }
  }
}
