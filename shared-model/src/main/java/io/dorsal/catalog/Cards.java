package io.dorsal.catalog;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The populations that a caller sees. Thread-safe. */
@Component
public class Cards {

  /** The same as {@link Roles#sees}, and the reader's own membership and request besides. */
  private static final String SEEN =
      """
      select p.*, m.state as member_state, m.role as member_role, m.removed_by, j.id as join_request_id
      from population p
      left join population_member m on m.tenant_id = p.tenant_id and m.population_id = p.id
        and m.user_id = cast(:user as uuid)
      left join join_request j on j.tenant_id = p.tenant_id and j.population_id = p.id
        and j.user_id = cast(:user as uuid) and j.state = 'PENDING'
      where p.tenant_id = :tenant and p.state <> 'DELETED'
        and (:administers or p.state = 'ACTIVE'
          or p.state = 'ARCHIVED' and p.id = any (cast(:mine as uuid[]))
          or p.state in ('REQUESTED', 'REJECTED') and p.requested_by = cast(:user as uuid))
      """;

  private final JdbcClient jdbc;

  Cards(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Which populations.
   *
   * @param state null for all but rejected ones
   * @param text part of name, abbreviation, species or region, whatever the case
   */
  public record Filter(@Nullable PopulationState state, @Nullable String text) {}

  /** The last one of a page; the next page begins behind it. */
  public record Place(String nameKey, UUID id) {

    public static Place of(Card card) {
      return new Place(Texts.key(card.population().name()), card.population().id());
    }
  }

  /** By name. */
  public List<Card> page(Caller caller, Filter filter, @Nullable Place after, int limit) {
    return seen(
            caller,
            """
             and (p.state = :state or :state::text is null and p.state <> 'REJECTED')
             and (:text::text is null or position(:text in p.search_key) > 0)
             and (:key::text is null or (p.name_key, p.id) > (:key, cast(:id as uuid)))
            order by p.name_key, p.id limit :limit
            """)
        .param("state", filter.state() == null ? null : filter.state().name())
        .param("text", filter.text() == null ? null : Texts.key(filter.text()))
        .param("key", after == null ? null : after.nameKey())
        .param("id", after == null ? null : after.id())
        .param("limit", limit)
        .query((row, number) -> card(caller, row))
        .list();
  }

  /**
   * @throws ProblemException NOT_FOUND
   */
  public Card get(Caller caller, UUID id) {
    return seen(caller, " and p.id = :id")
        .param("id", id)
        .query((row, number) -> card(caller, row))
        .optional()
        .orElseThrow(Roles::unknown);
  }

  private JdbcClient.StatementSpec seen(Caller caller, String more) {
    return jdbc.sql(SEEN + more)
        .param("tenant", caller.tenantId())
        .param("user", caller.userId())
        .param("administers", Roles.administersTenant(caller))
        .param(
            "mine",
            caller.populations().keySet().stream().map(UUID::toString).toArray(String[]::new));
  }

  private static Card card(Caller caller, ResultSet row) throws SQLException {
    Population population = PopulationRows.population(row);
    String state = row.getString("member_state");
    UUID request = row.getObject("join_request_id", UUID.class);
    MemberState membership = state == null ? null : MemberState.valueOf(state);
    // What this very call changed is not among what the caller came in with.
    PopulationRole role =
        caller
            .populations()
            .getOrDefault(
                population.id(),
                membership == MemberState.CONFIRMED
                    ? PopulationRole.valueOf(row.getString("member_role"))
                    : null);
    boolean expelled =
        "REMOVED".equals(state)
            && !String.valueOf(caller.userId()).equals(row.getString("removed_by"));
    return new Card(
        population,
        relation(population, role, membership, request != null, expelled),
        role,
        request);
  }

  /**
   * @param asked whether a request of the reader waits
   * @param expelled whether somebody else removed the reader
   */
  static @Nullable Relation relation(
      Population population,
      @Nullable PopulationRole role,
      @Nullable MemberState membership,
      boolean asked,
      boolean expelled) {
    if (role != null) {
      return Relation.MEMBER;
    }
    if (population.state() != PopulationState.ACTIVE) {
      return null;
    }
    if (asked || membership == MemberState.PENDING_CONFIRMATION) {
      return Relation.REQUEST_PENDING;
    }
    boolean open = population.settings().joinPolicy() == JoinPolicy.OPEN && !expelled;
    return open || membership == MemberState.INVITED
        ? Relation.OPEN_TO_JOIN
        : Relation.REQUEST_TO_JOIN;
  }
}
