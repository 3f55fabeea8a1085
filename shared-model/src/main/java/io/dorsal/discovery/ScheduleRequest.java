package io.dorsal.discovery;

import org.jspecify.annotations.Nullable;

/**
 * What a person sends to have a source scanned regularly.
 *
 * @param timeZone the source's own unless given, else UTC
 * @param mode AUTO unless given
 * @param enabled true unless given
 */
public record ScheduleRequest(
    @Nullable String cron,
    @Nullable String timeZone,
    @Nullable String mode,
    @Nullable Boolean enabled) {}
