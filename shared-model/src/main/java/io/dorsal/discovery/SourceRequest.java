package io.dorsal.discovery;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a person sends to register a source. */
public record SourceRequest(
    @Nullable UUID connectionId,
    @Nullable String name,
    @Nullable String container,
    @Nullable String prefix,
    @Nullable String timeZone,
    @Nullable String onNewFiles,
    @Nullable UUID populationId) {}
