package io.dorsal.functions.catalog;

import io.dorsal.access.PopulationRole;
import io.dorsal.catalog.Card;
import io.dorsal.catalog.Population;
import io.dorsal.catalog.PopulationSettings;
import io.dorsal.catalog.PopulationState;
import io.dorsal.catalog.Relation;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A population as everybody sees it.
 *
 * @param relation what the reader may do about it; null where nobody comes to it
 * @param role the reader's; null for who is no member
 * @param joinRequestId the reader's that waits
 */
record CardAnswer(
    UUID id,
    String name,
    @Nullable String abbreviation,
    String speciesScientificName,
    @Nullable String speciesCommonName,
    @Nullable String region,
    PopulationState state,
    @Nullable Relation relation,
    @Nullable PopulationRole role,
    @Nullable UUID joinRequestId,
    Instant requestedAt,
    int version) {

  static CardAnswer of(Card card) {
    Population population = card.population();
    PopulationSettings settings = population.settings();
    return new CardAnswer(
        population.id(),
        settings.name(),
        settings.abbreviation(),
        settings.speciesScientificName(),
        settings.speciesCommonName(),
        settings.region(),
        population.state(),
        card.relation(),
        card.role(),
        card.joinRequestId(),
        population.requestedAt(),
        population.version());
  }
}
