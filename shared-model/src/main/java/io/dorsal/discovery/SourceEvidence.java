package io.dorsal.discovery;

import io.dorsal.access.KnownNames;
import io.dorsal.discovery.patterns.GatheredEvidence;
import io.dorsal.discovery.patterns.PatternEvidence;
import io.dorsal.discovery.patterns.PopulationIds;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What all rooms together know of the names that a source may hold. Thread-safe. */
@Component
class SourceEvidence {

  private final SourcePatterns patterns;
  private final List<KnownNames> rooms;

  SourceEvidence(SourcePatterns patterns, List<KnownNames> rooms) {
    this.patterns = patterns;
    this.rooms = rooms;
  }

  /** As it is now, for the source's tenant and population. */
  PatternEvidence of(Scan scan) {
    UUID population = patterns.population(scan.tenantId(), scan.sourceId()).orElse(null);
    PatternEvidence ids =
        patterns
            .of(scan.tenantId(), scan.sourceId())
            .<PatternEvidence>map(PopulationIds::new)
            .orElse(PatternEvidence.NONE);
    return new GatheredEvidence(
        ids,
        rooms.stream().flatMap(room -> room.of(scan.tenantId(), population).stream()).toList());
  }
}
