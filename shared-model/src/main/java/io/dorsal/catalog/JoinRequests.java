package io.dorsal.catalog;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of requests to join. Thread-safe. */
@Component
public class JoinRequests {

  private final Membership door;
  private final PopulationMemberRows members;
  private final JoinRequestRows rows;
  private final CatalogJournal journal;
  private final CatalogNotices notices;
  private final TransactionTemplate transaction;
  private final Clock clock;

  JoinRequests(
      Membership door,
      PopulationMemberRows members,
      JoinRequestRows rows,
      CatalogJournal journal,
      CatalogNotices notices,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.door = door;
    this.members = members;
    this.rows = rows;
    this.journal = journal;
    this.notices = notices;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * Lets the person in.
   *
   * @param seen the version the caller has seen
   * @param role null for VIEWER
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED also for a role above the caller's,
   *     STALE_VERSION, VALIDATION_FAILED, STATE_CONFLICT, POPULATION_ARCHIVED
   */
  public void approve(Caller caller, UUID id, UUID requestId, int seen, @Nullable String role) {
    transaction.executeWithoutResult(
        status -> {
          Population population = door.administered(caller, id, "Deciding on a request to join");
          JoinRequest before = request(population, requestId, seen);
          PopulationRole given = Roles.given(caller, population, role, PopulationRole.VIEWER);
          JoinRequest now = rows.save(before.settled(JoinRequestState.APPROVED, clock.instant()));
          Optional<Member> was = members.find(population, now.userId());
          Member member =
              members.put(
                  was.orElseGet(() -> Member.confirmed(population, now.userId(), given))
                      .admitted(given));
          journal.joinRequest(
              caller, "join_request.approved", before.state(), now, Map.of("role", given));
          journal.member(caller, "population.member_confirmed", was.orElse(null), member);
          notices.settled(population, now, null);
        });
  }

  /**
   * Does not let the person in; they may ask again.
   *
   * @param seen the version the caller has seen
   * @param reason told to the person
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, STALE_VERSION, VALIDATION_FAILED,
   *     STATE_CONFLICT, POPULATION_ARCHIVED
   */
  public void reject(Caller caller, UUID id, UUID requestId, int seen, @Nullable String reason) {
    String said = Words.reason(reason);
    transaction.executeWithoutResult(
        status -> {
          Population population = door.administered(caller, id, "Deciding on a request to join");
          JoinRequest before = request(population, requestId, seen);
          JoinRequest now = rows.save(before.settled(JoinRequestState.REJECTED, clock.instant()));
          journal.joinRequest(
              caller,
              "join_request.rejected",
              before.state(),
              now,
              said == null ? Map.of() : Map.of("reason", said));
          notices.settled(population, now, said);
        });
  }

  /**
   * Takes one's own request back.
   *
   * @throws ProblemException NOT_FOUND, also for another one's; STATE_CONFLICT
   */
  public void withdraw(Caller caller, UUID id, UUID requestId) {
    transaction.executeWithoutResult(
        status -> {
          Population population = door.visible(caller, id);
          JoinRequest before =
              rows.find(population, requestId)
                  .filter(each -> each.userId().equals(caller.userId()))
                  .orElseThrow(Roles::unknown);
          JoinRequest now = rows.save(before.settled(JoinRequestState.WITHDRAWN, clock.instant()));
          journal.joinRequest(caller, "join_request.withdrawn", before.state(), now, Map.of());
          notices.settled(population, now, null);
        });
  }

  private JoinRequest request(Population population, UUID requestId, int seen) {
    JoinRequest found = rows.find(population, requestId).orElseThrow(Roles::unknown);
    found.requireVersion(seen);
    return found;
  }
}
