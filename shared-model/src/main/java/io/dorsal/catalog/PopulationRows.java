package io.dorsal.catalog;

import io.dorsal.access.DatabaseTimes;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of populations. Thread-safe. */
@Component
class PopulationRows {

  private final JdbcClient jdbc;

  PopulationRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @throws ProblemException NAME_TAKEN
   */
  Population add(Population population) {
    return written(
        """
        insert into population (tenant_id, id, state, name_key, search_key, settings, requested_by,
            requested_at, decided_at)
        values (:tenant, :id, :state, :key, :search, cast(:settings as jsonb), :by, :at, :decided)
        returning *
        """,
        population);
  }

  /**
   * Writes a row that the caller holds locked; its version grows.
   *
   * @throws ProblemException NAME_TAKEN
   */
  Population save(Population population) {
    return written(
        """
        update population set state = :state, name_key = :key, search_key = :search,
          settings = cast(:settings as jsonb), requested_by = :by, requested_at = :at,
          decided_at = :decided, version = version + 1
        where tenant_id = :tenant and id = :id
        returning *
        """,
        population);
  }

  private Population written(String sql, Population population) {
    PopulationSettings settings = population.settings();
    try {
      return jdbc.sql(sql)
          .param("tenant", population.tenantId())
          .param("id", population.id())
          .param("state", population.state().name())
          .param("key", Texts.key(settings.name()))
          .param("search", search(settings))
          .param("settings", PopulationRules.json(settings))
          .param("by", population.requestedBy())
          .param("at", DatabaseTimes.at(population.requestedAt()))
          .param("decided", DatabaseTimes.at(population.decidedAt()))
          .query((row, number) -> population(row))
          .single();
    } catch (DuplicateKeyException e) {
      // Not by which population: one that is only requested is not shown to everybody.
      throw new ProblemException(
          GeneralProblem.NAME_TAKEN, "A population of this tenant uses the name.");
    }
  }

  private static String search(PopulationSettings settings) {
    return Arrays.asList(
            settings.name(),
            settings.abbreviation(),
            settings.speciesScientificName(),
            settings.speciesCommonName(),
            settings.region())
        .stream()
        .filter(Objects::nonNull)
        .map(Texts::key)
        .collect(Collectors.joining("\n"));
  }

  Optional<Population> find(UUID tenantId, UUID id) {
    return one("", tenantId, id);
  }

  /** The population, whose people and settings nobody else changes until the transaction ends. */
  Optional<Population> locked(UUID tenantId, UUID id) {
    return one(" for no key update", tenantId, id);
  }

  private Optional<Population> one(String locking, UUID tenantId, UUID id) {
    return jdbc.sql(
            """
            select * from population
            where tenant_id = :tenant and id = :id and state <> 'DELETED'
            """
                + locking)
        .param("tenant", tenantId)
        .param("id", id)
        .query((row, number) -> population(row))
        .optional();
  }

  static Population population(ResultSet row) throws SQLException {
    return new Population(
        row.getObject("tenant_id", UUID.class),
        row.getObject("id", UUID.class),
        PopulationState.valueOf(row.getString("state")),
        PopulationRules.of(row.getString("settings")),
        row.getObject("requested_by", UUID.class),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        DatabaseTimes.instant(row, "decided_at"),
        row.getInt("version"));
  }
}
