package io.dorsal.operations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which audit entries are wanted; null is no condition.
 *
 * @param userId the user's id, or any other actor's name
 * @param from the first moment that belongs to the range
 * @param to the first moment behind it
 * @param q a part of the action, of the resource's name or of what changed, in any case
 */
public record AuditFilter(
    @Nullable AuditCategory category,
    @Nullable String action,
    @Nullable String userId,
    @Nullable UUID resourceId,
    @Nullable String ip,
    @Nullable String code,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String q) {}
