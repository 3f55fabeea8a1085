package io.dorsal.discovery;

import io.dorsal.access.KnownPopulations;
import io.dorsal.discovery.patterns.PopulationIds;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How the animals of a source's population are called. Thread-safe. */
@Component
public class SourcePatterns {

  private final JdbcClient jdbc;
  private final KnownPopulations populations;

  SourcePatterns(JdbcClient jdbc, KnownPopulations populations) {
    this.jdbc = jdbc;
    this.populations = populations;
  }

  /**
   * The regular expression (RE2) that finds the ids in texts; empty where the source has no
   * population with one.
   */
  public Optional<String> of(UUID tenantId, UUID sourceId) {
    return population(tenantId, sourceId)
        .flatMap(population -> populations.identifierPattern(tenantId, population))
        .map(PopulationIds::unanchored);
  }

  /** The population whose animals the source shows; empty where none is named. */
  Optional<UUID> population(UUID tenantId, UUID sourceId) {
    return jdbc.sql(
            """
            select population_id from source
            where tenant_id = :tenant and id = :id and population_id is not null
            """)
        .param("tenant", tenantId)
        .param("id", sourceId)
        .query(UUID.class)
        .optional();
  }
}
