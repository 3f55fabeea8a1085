package io.dorsal.discovery;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a person says about a spreadsheet format.
 *
 * @param requiredHeaders headings by which such sheets are known, 1 to 100
 * @param columnMapping an object: field of the manifest to heading
 */
public record FormatRequest(
    @Nullable String name,
    @Nullable List<String> requiredHeaders,
    @Nullable JsonNode columnMapping) {}
