package io.dorsal.catalog;

import io.dorsal.access.PopulationRole;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What its administrators settle of a population, checked. Immutable.
 *
 * @param timeZone IANA; decides what today is
 * @param identifierPattern linear-time regular expression that new identifiers fit; null for any
 * @param encounterLimit null for none
 * @param autoConfirmThreshold 0.50 to 1.00
 * @param corroborationThreshold 0.30 to 1.00
 * @param metricBaselineDate null until the population is active
 */
public record PopulationSettings(
    String name,
    @Nullable String abbreviation,
    String speciesScientificName,
    @Nullable String speciesCommonName,
    @Nullable String region,
    String timeZone,
    JoinPolicy joinPolicy,
    @Nullable String identifierPattern,
    List<String> categories,
    @Nullable Integer encounterLimit,
    boolean syncEnabled,
    boolean autoTagging,
    boolean canSuggestNewIndividuals,
    boolean directUpload,
    double autoConfirmThreshold,
    double corroborationThreshold,
    int metricSampleThreshold,
    @Nullable LocalDate metricBaselineDate,
    LocationPrecision exportLocationPrecision,
    PopulationRole downloadOriginalMinRole) {

  public PopulationSettings {
    categories = List.copyOf(categories);
  }
}
