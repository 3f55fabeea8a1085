package io.dorsal.catalog;

import io.dorsal.access.KnownNames;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A population's members by the names they were invited with, also before they come and after they
 * leave: their pictures stay theirs. Thread-safe.
 */
@Component
class MemberNames implements KnownNames {

  private final JdbcClient jdbc;

  MemberNames(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Name> of(UUID tenantId, @Nullable UUID populationId) {
    return jdbc.sql(
            """
            select concat_ws(' ', m.first_name, m.last_name) from population_member m
              join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
            where m.tenant_id = :tenant and m.population_id = :population
              and u.status <> 'DELETED' and coalesce(m.first_name, m.last_name) is not null
            """)
        .param("tenant", tenantId)
        .param("population", populationId)
        .query((row, number) -> new Name(Kind.PHOTOGRAPHER, row.getString(1)))
        .list();
  }
}
