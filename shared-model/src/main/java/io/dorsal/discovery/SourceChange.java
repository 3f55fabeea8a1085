package io.dorsal.discovery;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a person sends to change a source; absent members stay as they are.
 *
 * @param timeZone a string, or JSON null to have none
 * @param populationId a UUID as string, or JSON null to have none
 * @param state ACTIVE or PAUSED
 */
public record SourceChange(
    @Nullable String name,
    @Nullable JsonNode timeZone,
    @Nullable String onNewFiles,
    @Nullable JsonNode populationId,
    @Nullable String state) {}
