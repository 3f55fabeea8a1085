package io.dorsal.operations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something a person is told within Dorsal.
 *
 * @param readAt when this person read it; null before
 */
public record Notice(
    UUID id,
    String kind,
    String title,
    String body,
    String resourceType,
    UUID resourceId,
    Instant createdAt,
    @Nullable Instant readAt) {}
