package io.dorsal.catalog;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of populations: decided on, archived, restored, deleted. Thread-safe. */
@Component
public class PopulationTurns {

  private final Membership door;
  private final PopulationRows rows;
  private final PopulationMemberRows members;
  private final JoinRequestRows requests;
  private final CatalogJournal journal;
  private final CatalogNotices notices;
  private final TransactionTemplate transaction;
  private final Clock clock;

  PopulationTurns(
      Membership door,
      PopulationRows rows,
      PopulationMemberRows members,
      JoinRequestRows requests,
      CatalogJournal journal,
      CatalogNotices notices,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.door = door;
    this.rows = rows;
    this.members = members;
    this.requests = requests;
    this.journal = journal;
    this.notices = notices;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * Makes it active, and its requester its first administrator.
   *
   * @param seen the version the caller has seen
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, STALE_VERSION, STATE_CONFLICT
   */
  public void approve(Caller caller, UUID id, int seen) {
    caller.require(TenantRole.TENANT_ADMIN, "Approving a population");
    transaction.executeWithoutResult(
        status -> {
          Population before = door.visible(caller, id);
          before.requireVersion(seen);
          Population active = rows.save(before.approved(clock.instant()));
          journal.population(caller, "population.approved", before, active, Map.of());
          if (active.requestedBy() != null) {
            Member first =
                Member.confirmed(active, active.requestedBy(), PopulationRole.ADMINISTRATOR);
            journal.member(caller, "population.member_confirmed", null, members.put(first));
          }
          notices.decided(active, null);
        });
  }

  /**
   * Refuses it; its name is free again.
   *
   * @param seen the version the caller has seen
   * @param reason told to the requester
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, STALE_VERSION, STATE_CONFLICT,
   *     VALIDATION_FAILED
   */
  public void reject(Caller caller, UUID id, int seen, @Nullable String reason) {
    caller.require(TenantRole.TENANT_ADMIN, "Rejecting a population");
    String said = Words.reason(reason);
    transaction.executeWithoutResult(
        status -> {
          Population before = door.visible(caller, id);
          before.requireVersion(seen);
          Population rejected = rows.save(before.rejected(clock.instant()));
          journal.population(
              caller,
              "population.rejected",
              before,
              rejected,
              said == null ? Map.of() : Map.of("reason", said));
          notices.decided(rejected, said);
        });
  }

  /**
   * Keeps it as it is: readable for its members, and nothing changes.
   *
   * @param seen the version the caller has seen
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, STALE_VERSION, STATE_CONFLICT
   */
  public void archive(Caller caller, UUID id, int seen) {
    turn(caller, id, seen, "population.archived", "Archiving a population", Population::archived);
  }

  /**
   * Takes it out of the archive.
   *
   * @param seen the version the caller has seen
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, STALE_VERSION, STATE_CONFLICT
   */
  public void restore(Caller caller, UUID id, int seen) {
    turn(caller, id, seen, "population.restored", "Restoring a population", Population::restored);
  }

  private void turn(
      Caller caller,
      UUID id,
      int seen,
      String action,
      String doing,
      UnaryOperator<Population> change) {
    transaction.executeWithoutResult(
        status -> {
          Population before = door.visible(caller, id);
          Roles.requireAdministrator(caller, before, doing);
          before.requireVersion(seen);
          journal.population(caller, action, before, rows.save(change.apply(before)), Map.of());
        });
  }

  /**
   * Lets it and all memberships end, and frees its name; what names it keeps doing so.
   *
   * @param seen the version the caller has seen
   * @param typed its name, as the caller typed it
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, STALE_VERSION, STATE_CONFLICT,
   *     VALIDATION_FAILED for another name
   */
  public void delete(Caller caller, UUID id, int seen, @Nullable String typed) {
    caller.require(TenantRole.TENANT_ADMIN, "Deleting a population");
    transaction.executeWithoutResult(
        status -> {
          Population before = door.visible(caller, id);
          before.requireVersion(seen);
          Population deleted = rows.save(before.deleted(typed));
          int ended = members.endAll(deleted, caller.actor());
          requests.rejectAll(deleted, clock.instant());
          journal.population(
              caller, "population.deleted", before, deleted, Map.of("members", ended));
        });
  }
}
