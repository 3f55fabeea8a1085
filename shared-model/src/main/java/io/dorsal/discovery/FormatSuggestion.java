package io.dorsal.discovery;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A known format that sheets of a scan fit.
 *
 * @param key the format's id; names the suggestion
 * @param files spreadsheets with a sheet that fits
 * @param coverage the highest share of its headers that one sheet has, 0.8 to 1
 * @param decision ACCEPTED, or null where nobody decided; a dismissed one is not suggested again
 */
public record FormatSuggestion(
    UUID key,
    String name,
    long files,
    double coverage,
    Map<String, String> columnMapping,
    @Nullable String decision) {}
