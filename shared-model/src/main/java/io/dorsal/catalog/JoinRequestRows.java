package io.dorsal.catalog;

import io.dorsal.access.DatabaseTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of requests to join. Whoever writes holds the population locked. Thread-safe. */
@Component
class JoinRequestRows {

  private final JdbcClient jdbc;

  JoinRequestRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  JoinRequest add(JoinRequest request) {
    return jdbc.sql(
            """
            insert into join_request (tenant_id, id, population_id, user_id, message, state,
                requested_at)
            values (:tenant, :id, :population, :user, :message, :state, :at)
            returning *
            """)
        .param("tenant", request.tenantId())
        .param("id", request.id())
        .param("population", request.populationId())
        .param("user", request.userId())
        .param("message", request.message())
        .param("state", request.state().name())
        .param("at", DatabaseTimes.at(request.requestedAt()))
        .query((row, number) -> request(row))
        .single();
  }

  JoinRequest save(JoinRequest request) {
    return jdbc.sql(
            """
            update join_request set state = :state, decided_at = :at, version = version + 1
            where tenant_id = :tenant and id = :id
            returning *
            """)
        .param("state", request.state().name())
        .param("at", DatabaseTimes.at(request.decidedAt()))
        .param("tenant", request.tenantId())
        .param("id", request.id())
        .query((row, number) -> request(row))
        .single();
  }

  Optional<JoinRequest> find(Population population, UUID id) {
    return jdbc.sql(
            """
            select * from join_request
            where tenant_id = :tenant and population_id = :population and id = :id
            """)
        .param("tenant", population.tenantId())
        .param("population", population.id())
        .param("id", id)
        .query((row, number) -> request(row))
        .optional();
  }

  /** The one that waits. */
  Optional<JoinRequest> pending(Population population, UUID userId) {
    return jdbc.sql(
            """
            select * from join_request
            where tenant_id = :tenant and population_id = :population and user_id = :user
              and state = 'PENDING'
            """)
        .param("tenant", population.tenantId())
        .param("population", population.id())
        .param("user", userId)
        .query((row, number) -> request(row))
        .optional();
  }

  /** Nobody decides on those of a population that is gone. */
  void rejectAll(Population population, Instant now) {
    jdbc.sql(
            """
            update join_request set state = 'REJECTED', decided_at = :now, version = version + 1
            where tenant_id = :tenant and population_id = :population and state = 'PENDING'
            """)
        .param("now", DatabaseTimes.at(now))
        .param("tenant", population.tenantId())
        .param("population", population.id())
        .update();
  }

  static JoinRequest request(ResultSet row) throws SQLException {
    return new JoinRequest(
        row.getObject("tenant_id", UUID.class),
        row.getObject("id", UUID.class),
        row.getObject("population_id", UUID.class),
        row.getObject("user_id", UUID.class),
        row.getString("message"),
        JoinRequestState.valueOf(row.getString("state")),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        DatabaseTimes.instant(row, "decided_at"),
        row.getInt("version"));
  }
}
