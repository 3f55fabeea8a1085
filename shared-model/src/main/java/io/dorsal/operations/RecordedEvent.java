package io.dorsal.operations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of state as its readers get it.
 *
 * @param number rises with each change of the same thing
 * @param id of what changed
 * @param from null where it was made
 */
public record RecordedEvent(
    long number,
    String name,
    UUID tenantId,
    UUID id,
    @Nullable String from,
    String to,
    Instant at,
    String traceId) {}
