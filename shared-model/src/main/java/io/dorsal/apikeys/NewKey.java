package io.dorsal.apikeys;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a key to be; nothing of it is checked yet.
 *
 * @param expiresAt null for 365 days from now
 */
public record NewKey(
    @Nullable String name,
    @Nullable KeyKind kind,
    @Nullable List<String> scopes,
    @Nullable Instant expiresAt,
    @Nullable List<String> allowedCidrs) {}
