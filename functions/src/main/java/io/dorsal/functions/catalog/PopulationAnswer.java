package io.dorsal.functions.catalog;

import io.dorsal.access.PopulationRole;
import io.dorsal.catalog.Card;
import io.dorsal.catalog.JoinPolicy;
import io.dorsal.catalog.LocationPrecision;
import io.dorsal.catalog.Population;
import io.dorsal.catalog.PopulationSettings;
import io.dorsal.catalog.PopulationState;
import io.dorsal.catalog.Populations;
import io.dorsal.catalog.Relation;
import io.dorsal.catalog.Term;
import io.dorsal.catalog.TermKind;
import io.dorsal.functions.http.Reply;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A population with what its administrators settle; for everybody else it is the card, and what
 * stands behind {@code version} is null.
 */
record PopulationAnswer(
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
    int version,
    @Nullable String timeZone,
    @Nullable JoinPolicy joinPolicy,
    @Nullable String identifierPattern,
    @Nullable List<String> categories,
    @Nullable List<Term> behaviors,
    @Nullable List<Term> preySpecies,
    @Nullable Integer encounterLimit,
    @Nullable Boolean syncEnabled,
    @Nullable Boolean autoTagging,
    @Nullable Boolean canSuggestNewIndividuals,
    @Nullable Boolean directUpload,
    @Nullable Double autoConfirmThreshold,
    @Nullable Double corroborationThreshold,
    @Nullable Integer metricSampleThreshold,
    @Nullable LocalDate metricBaselineDate,
    @Nullable LocationPrecision exportLocationPrecision,
    @Nullable PopulationRole downloadOriginalMinRole) {

  /**
   * As a GET answers it.
   *
   * @param whole empty where the reader is no administrator of it
   */
  static Reply reply(Card card, Optional<Populations.Whole> whole) {
    PopulationAnswer answer = of(card, whole.orElse(null));
    return Reply.ok(answer).withETag(answer.version());
  }

  private static PopulationAnswer of(Card card, Populations.@Nullable Whole whole) {
    Population population = whole == null ? card.population() : whole.population();
    PopulationSettings all = population.settings();
    PopulationSettings settled = whole == null ? null : all;
    return new PopulationAnswer(
        population.id(),
        all.name(),
        all.abbreviation(),
        all.speciesScientificName(),
        all.speciesCommonName(),
        all.region(),
        population.state(),
        card.relation(),
        card.role(),
        card.joinRequestId(),
        population.requestedAt(),
        population.version(),
        settled == null ? null : settled.timeZone(),
        settled == null ? null : settled.joinPolicy(),
        settled == null ? null : settled.identifierPattern(),
        settled == null ? null : settled.categories(),
        whole == null ? null : whole.terms().get(TermKind.BEHAVIOR),
        whole == null ? null : whole.terms().get(TermKind.PREY_SPECIES),
        settled == null ? null : settled.encounterLimit(),
        settled == null ? null : settled.syncEnabled(),
        settled == null ? null : settled.autoTagging(),
        settled == null ? null : settled.canSuggestNewIndividuals(),
        settled == null ? null : settled.directUpload(),
        settled == null ? null : settled.autoConfirmThreshold(),
        settled == null ? null : settled.corroborationThreshold(),
        settled == null ? null : settled.metricSampleThreshold(),
        settled == null ? null : settled.metricBaselineDate(),
        settled == null ? null : settled.exportLocationPrecision(),
        settled == null ? null : settled.downloadOriginalMinRole());
  }
}
