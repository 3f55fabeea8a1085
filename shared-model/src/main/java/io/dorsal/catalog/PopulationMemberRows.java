package io.dorsal.catalog;

import io.dorsal.access.DatabaseTimes;
import io.dorsal.access.PopulationRole;
import io.dorsal.accounts.Directory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table of memberships, from which sign-ins know who may what. Whoever writes holds the
 * population locked. Thread-safe.
 */
@Component
class PopulationMemberRows {

  private final JdbcClient jdbc;
  private final Directory accounts;
  private final Clock clock;

  PopulationMemberRows(JdbcClient jdbc, Directory accounts, Clock clock) {
    this.jdbc = jdbc;
    this.accounts = accounts;
    this.clock = clock;
  }

  Optional<Member> find(Population population, UUID userId) {
    return jdbc.sql(
            """
            select * from population_member
            where tenant_id = :tenant and population_id = :population and user_id = :user
            """)
        .param("tenant", population.tenantId())
        .param("population", population.id())
        .param("user", userId)
        .query((row, number) -> member(row))
        .optional();
  }

  /** Adds it, or writes it over the one there is, whose version grows. */
  Member put(Member member) {
    accounts.rolesChanged(member.tenantId());
    return jdbc.sql(
            """
            insert into population_member as m (tenant_id, population_id, user_id, role, state,
                first_name, last_name, message, removed_by, changed_at)
            values (:tenant, :population, :user, :role, :state, :first, :last, :message, :by, :now)
            on conflict (tenant_id, population_id, user_id) do update set role = excluded.role,
              state = excluded.state, first_name = excluded.first_name,
              last_name = excluded.last_name, message = excluded.message,
              removed_by = excluded.removed_by, changed_at = excluded.changed_at,
              version = m.version + 1
            returning *
            """)
        .param("tenant", member.tenantId())
        .param("population", member.populationId())
        .param("user", member.userId())
        .param("role", member.role().name())
        .param("state", member.state().name())
        .param("first", member.firstName())
        .param("last", member.lastName())
        .param("message", member.message())
        .param("by", member.removedBy())
        .param("now", DatabaseTimes.at(clock.instant()))
        .query((row, number) -> member(row))
        .single();
  }

  /**
   * Ends all of them.
   *
   * @return how many
   */
  int endAll(Population population, String by) {
    accounts.rolesChanged(population.tenantId());
    return jdbc.sql(
            """
            update population_member set state = 'REMOVED', removed_by = :by, changed_at = :now,
              version = version + 1
            where tenant_id = :tenant and population_id = :population and state <> 'REMOVED'
            """)
        .param("by", by)
        .param("now", DatabaseTimes.at(clock.instant()))
        .param("tenant", population.tenantId())
        .param("population", population.id())
        .update();
  }

  /** Whether anybody who may come in administers it; those who never came do not count. */
  boolean administered(Population population) {
    return jdbc.sql(
            """
            select exists (
              select 1 from held_population_role h
                join users u on u.tenant_id = h.tenant_id and u.id = h.user_id
              where h.tenant_id = :tenant and h.population_id = :population
                and h.role = 'ADMINISTRATOR' and u.is_active
                and u.status in ('ACTIVE', 'INACTIVE'))
            """)
        .param("tenant", population.tenantId())
        .param("population", population.id())
        .query(Boolean.class)
        .single();
  }

  static Member member(ResultSet row) throws SQLException {
    return new Member(
        row.getObject("tenant_id", UUID.class),
        row.getObject("population_id", UUID.class),
        row.getObject("user_id", UUID.class),
        PopulationRole.valueOf(row.getString("role")),
        MemberState.valueOf(row.getString("state")),
        row.getString("first_name"),
        row.getString("last_name"),
        row.getString("message"),
        row.getString("removed_by"),
        row.getInt("version"));
  }
}
