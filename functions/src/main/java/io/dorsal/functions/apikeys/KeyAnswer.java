package io.dorsal.functions.apikeys;

import io.dorsal.apikeys.ApiKey;
import io.dorsal.apikeys.KeyKind;
import io.dorsal.apikeys.KeyState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key as it is shown; the key itself is not in it. */
record KeyAnswer(
    UUID id,
    String prefix,
    String name,
    KeyKind kind,
    @Nullable UUID ownerId,
    List<String> scopes,
    List<String> allowedCidrs,
    KeyState state,
    String createdBy,
    Instant createdAt,
    Instant expiresAt,
    @Nullable UUID replacedBy,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt,
    @Nullable String lastUsedIp) {

  static KeyAnswer of(ApiKey key, Instant now) {
    return new KeyAnswer(
        key.id(),
        key.prefix(),
        key.name(),
        key.kind(),
        key.ownerId(),
        key.scopes(),
        key.allowedCidrs(),
        key.state(now),
        key.createdBy(),
        key.createdAt(),
        key.expiresAt(),
        key.replacedBy(),
        key.revokedAt(),
        key.lastUsedAt(),
        key.lastUsedIp());
  }
}
