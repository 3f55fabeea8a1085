package io.dorsal.catalog;

import io.dorsal.access.KnownPopulations;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells other rooms of populations that they name. Thread-safe. */
@Component
class NamedPopulations implements KnownPopulations {

  private final PopulationRows rows;

  NamedPopulations(PopulationRows rows) {
    this.rows = rows;
  }

  @Override
  public boolean has(UUID tenantId, UUID populationId) {
    return rows.find(tenantId, populationId)
        .filter(found -> found.state() == PopulationState.ACTIVE)
        .isPresent();
  }

  @Override
  public Optional<String> identifierPattern(UUID tenantId, UUID populationId) {
    return rows.find(tenantId, populationId).map(found -> found.settings().identifierPattern());
  }
}
