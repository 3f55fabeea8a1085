package io.dorsal.functions.apikeys;

import io.dorsal.apikeys.ApiKey;
import io.dorsal.apikeys.KeyKind;
import io.dorsal.apikeys.KeyState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key that was just made.
 *
 * @param key the key itself; null in a replay
 */
record MadeAnswer(
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
    @Nullable String lastUsedIp,
    @Nullable String key) {

  /** What is kept for a replay: the key is not in it. */
  static MadeAnswer withoutKey(ApiKey made, Instant now) {
    return new MadeAnswer(
        made.id(),
        made.prefix(),
        made.name(),
        made.kind(),
        made.ownerId(),
        made.scopes(),
        made.allowedCidrs(),
        made.state(now),
        made.createdBy(),
        made.createdAt(),
        made.expiresAt(),
        made.replacedBy(),
        made.revokedAt(),
        made.lastUsedAt(),
        made.lastUsedIp(),
        null);
  }
}
