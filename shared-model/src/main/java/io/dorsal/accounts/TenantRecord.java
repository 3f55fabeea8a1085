package io.dorsal.accounts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant with all that its administrators and the operator settle. Immutable.
 *
 * @param purgeAfter when everything of it goes; null unless it is DELETING
 */
record TenantRecord(
    UUID id,
    String name,
    String displayName,
    TenantStatus status,
    Instant createdAt,
    Settled settled,
    @Nullable Instant purgeAfter,
    int version) {}
