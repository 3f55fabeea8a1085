package io.dorsal.local.oidc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * What a token says about its holder.
 *
 * @param tenant a UUID, or any name, which always stands for the same UUID
 * @param life from now on; negative for a token that has expired
 */
public record TokenRequest(
    String tenant, List<String> roles, String subject, String audience, Duration life) {

  /** The audience the API expects. */
  public static final String AUDIENCE = "dorsal-api";

  public TokenRequest {
    roles = List.copyOf(roles);
  }

  /** A right token for eight hours. */
  public static TokenRequest of(String tenant, String role) {
    String subject = role.toLowerCase(java.util.Locale.ROOT).replace('_', '-') + "@" + tenant;
    return new TokenRequest(tenant, List.of(role), subject, AUDIENCE, Duration.ofHours(8));
  }

  public TokenRequest withAudience(String other) {
    return new TokenRequest(tenant, roles, subject, other, life);
  }

  public TokenRequest withLife(Duration other) {
    return new TokenRequest(tenant, roles, subject, audience, other);
  }

  /** The tenant's id: the name itself if it is a UUID, else one made of the name. */
  public UUID tenantId() {
    try {
      return UUID.fromString(tenant);
    } catch (IllegalArgumentException e) {
      return UUID.nameUUIDFromBytes(("dorsal-tenant:" + tenant).getBytes(StandardCharsets.UTF_8));
    }
  }
}
