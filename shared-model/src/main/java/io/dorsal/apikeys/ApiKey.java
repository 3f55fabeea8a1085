package io.dorsal.apikeys;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is kept; the key itself is not. Immutable.
 *
 * @param prefix the eight characters that it begins with
 * @param ownerId whose rights it has; null for a service key, which is the tenant's
 * @param scopes names of scopes, or the one name for all of them
 * @param allowedCidrs where it may be used from; empty for everywhere
 * @param replacedBy the key that a rotation put in its place
 */
public record ApiKey(
    UUID tenantId,
    UUID id,
    String prefix,
    KeyKind kind,
    @Nullable UUID ownerId,
    String name,
    List<String> scopes,
    List<String> allowedCidrs,
    String createdBy,
    Instant createdAt,
    Instant expiresAt,
    @Nullable UUID replacedBy,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt,
    @Nullable String lastUsedIp,
    int version) {

  public KeyState state(Instant now) {
    if (revokedAt != null) {
      return KeyState.REVOKED;
    }
    return expiresAt.isAfter(now) ? KeyState.ACTIVE : KeyState.EXPIRED;
  }
}
