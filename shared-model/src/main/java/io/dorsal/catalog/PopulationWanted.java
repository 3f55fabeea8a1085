package io.dorsal.catalog;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What somebody wants a population to be; nothing of it is checked yet. A merge patch (RFC 7396):
 * absent members stay as they are, JSON null brings the default back.
 *
 * @param behaviors a list of {@code {id?, name}}; what is not in it is retired
 * @param preySpecies the same
 */
public record PopulationWanted(
    @Nullable JsonNode name,
    @Nullable JsonNode abbreviation,
    @Nullable JsonNode speciesScientificName,
    @Nullable JsonNode speciesCommonName,
    @Nullable JsonNode region,
    @Nullable JsonNode timeZone,
    @Nullable JsonNode joinPolicy,
    @Nullable JsonNode identifierPattern,
    @Nullable JsonNode categories,
    @Nullable JsonNode behaviors,
    @Nullable JsonNode preySpecies,
    @Nullable JsonNode encounterLimit,
    @Nullable JsonNode syncEnabled,
    @Nullable JsonNode autoTagging,
    @Nullable JsonNode canSuggestNewIndividuals,
    @Nullable JsonNode directUpload,
    @Nullable JsonNode autoConfirmThreshold,
    @Nullable JsonNode corroborationThreshold,
    @Nullable JsonNode metricSampleThreshold,
    @Nullable JsonNode metricBaselineDate,
    @Nullable JsonNode exportLocationPrecision,
    @Nullable JsonNode downloadOriginalMinRole) {

  /** What is given of the settings; the vocabularies are not among them. */
  Map<PopulationField, JsonNode> given() {
    Map<PopulationField, JsonNode> given = new EnumMap<>(PopulationField.class);
    put(given, PopulationField.NAME, name);
    put(given, PopulationField.ABBREVIATION, abbreviation);
    put(given, PopulationField.SPECIES_SCIENTIFIC_NAME, speciesScientificName);
    put(given, PopulationField.SPECIES_COMMON_NAME, speciesCommonName);
    put(given, PopulationField.REGION, region);
    put(given, PopulationField.TIME_ZONE, timeZone);
    put(given, PopulationField.JOIN_POLICY, joinPolicy);
    put(given, PopulationField.IDENTIFIER_PATTERN, identifierPattern);
    put(given, PopulationField.CATEGORIES, categories);
    put(given, PopulationField.ENCOUNTER_LIMIT, encounterLimit);
    put(given, PopulationField.SYNC_ENABLED, syncEnabled);
    put(given, PopulationField.AUTO_TAGGING, autoTagging);
    put(given, PopulationField.CAN_SUGGEST_NEW_INDIVIDUALS, canSuggestNewIndividuals);
    put(given, PopulationField.DIRECT_UPLOAD, directUpload);
    put(given, PopulationField.AUTO_CONFIRM_THRESHOLD, autoConfirmThreshold);
    put(given, PopulationField.CORROBORATION_THRESHOLD, corroborationThreshold);
    put(given, PopulationField.METRIC_SAMPLE_THRESHOLD, metricSampleThreshold);
    put(given, PopulationField.METRIC_BASELINE_DATE, metricBaselineDate);
    put(given, PopulationField.EXPORT_LOCATION_PRECISION, exportLocationPrecision);
    put(given, PopulationField.DOWNLOAD_ORIGINAL_MIN_ROLE, downloadOriginalMinRole);
    return given;
  }

  private static void put(
      Map<PopulationField, JsonNode> given, PopulationField field, @Nullable JsonNode value) {
    if (value != null) {
      given.put(field, value);
    }
  }
}
