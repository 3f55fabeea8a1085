package io.dorsal.catalog;

import io.dorsal.access.Caller;
import io.dorsal.access.DatabaseTimes;
import io.dorsal.access.PopulationRole;
import io.dorsal.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who belongs to a population and who wants to, for its administrators. Thread-safe. */
@Component
public class PeopleLists {

  private static final String READING = "Reading the people of a population";

  private final JdbcClient jdbc;
  private final PopulationRows populations;

  PeopleLists(JdbcClient jdbc, PopulationRows populations) {
    this.jdbc = jdbc;
    this.populations = populations;
  }

  /** What people call a user; both null once erased. */
  public record Person(@Nullable String displayName, @Nullable String email) {}

  /** A membership with its person. */
  public record MemberView(Member member, Person person, Instant changedAt) {}

  /** A request with its person. */
  public record RequestView(JoinRequest request, Person person) {}

  /**
   * In the order in which their users came to the tenant.
   *
   * @param state null for all but removed ones
   * @param after the user whom the page comes behind; null for the first page
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED
   */
  public List<MemberView> members(
      Caller caller,
      UUID id,
      @Nullable MemberState state,
      @Nullable PopulationRole role,
      @Nullable UUID after,
      int limit) {
    Population population = administered(caller, id);
    return jdbc.sql(
            """
            select m.*, u.display_name, u.email from population_member m
              join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
            where m.tenant_id = :tenant and m.population_id = :population
              and (m.state = :state or :state::text is null and m.state <> 'REMOVED')
              and (:role::text is null or m.role = :role)
              and (cast(:after as uuid) is null or m.user_id > cast(:after as uuid))
            order by m.user_id limit :limit
            """)
        .param("tenant", population.tenantId())
        .param("population", population.id())
        .param("state", state == null ? null : state.name())
        .param("role", role == null ? null : role.name())
        .param("after", after)
        .param("limit", limit)
        .query((row, number) -> member(row))
        .list();
  }

  /**
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED
   */
  public MemberView member(Caller caller, UUID id, UUID userId) {
    Population population = administered(caller, id);
    return jdbc.sql(
            """
            select m.*, u.display_name, u.email from population_member m
              join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
            where m.tenant_id = :tenant and m.population_id = :population and m.user_id = :user
            """)
        .param("tenant", population.tenantId())
        .param("population", population.id())
        .param("user", userId)
        .query((row, number) -> member(row))
        .optional()
        .orElseThrow(Roles::unknown);
  }

  /**
   * The oldest first.
   *
   * @param after the request that the page comes behind; null for the first page
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED
   */
  public List<RequestView> requests(
      Caller caller, UUID id, JoinRequestState state, @Nullable RequestPlace after, int limit) {
    Population population = administered(caller, id);
    return jdbc.sql(
            """
            select j.*, u.display_name, u.email from join_request j
              join users u on u.tenant_id = j.tenant_id and u.id = j.user_id
            where j.tenant_id = :tenant and j.population_id = :population and j.state = :state
              and (cast(:at as timestamptz) is null
                or (j.requested_at, j.id) > (:at, cast(:after as uuid)))
            order by j.requested_at, j.id limit :limit
            """)
        .param("tenant", population.tenantId())
        .param("population", population.id())
        .param("state", state.name())
        .param("at", after == null ? null : DatabaseTimes.at(after.requestedAt()))
        .param("after", after == null ? null : after.id())
        .param("limit", limit)
        .query((row, number) -> request(row))
        .list();
  }

  /** The last request of a page. */
  public record RequestPlace(Instant requestedAt, UUID id) {}

  /**
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED
   */
  public RequestView request(Caller caller, UUID id, UUID requestId) {
    Population population = administered(caller, id);
    return jdbc.sql(
            """
            select j.*, u.display_name, u.email from join_request j
              join users u on u.tenant_id = j.tenant_id and u.id = j.user_id
            where j.tenant_id = :tenant and j.population_id = :population and j.id = :id
            """)
        .param("tenant", population.tenantId())
        .param("population", population.id())
        .param("id", requestId)
        .query((row, number) -> request(row))
        .optional()
        .orElseThrow(Roles::unknown);
  }

  private Population administered(Caller caller, UUID id) {
    Population population = Roles.visible(caller, populations.find(caller.tenantId(), id));
    Roles.requireAdministrator(caller, population, READING);
    return population;
  }

  private static MemberView member(ResultSet row) throws SQLException {
    return new MemberView(
        PopulationMemberRows.member(row),
        person(row),
        row.getObject("changed_at", OffsetDateTime.class).toInstant());
  }

  private static RequestView request(ResultSet row) throws SQLException {
    return new RequestView(JoinRequestRows.request(row), person(row));
  }

  private static Person person(ResultSet row) throws SQLException {
    return new Person(row.getString("display_name"), row.getString("email"));
  }
}
