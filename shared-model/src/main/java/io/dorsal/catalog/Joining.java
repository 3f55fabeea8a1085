package io.dorsal.catalog;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.TenantRole;
import io.dorsal.access.Uuid7;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How people come to a population and leave it by themselves. Thread-safe. */
@Component
public class Joining {

  private final Membership door;
  private final PopulationMemberRows rows;
  private final JoinRequestRows requests;
  private final CatalogJournal journal;
  private final CatalogNotices notices;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Joining(
      Membership door,
      PopulationMemberRows rows,
      JoinRequestRows requests,
      CatalogJournal journal,
      CatalogNotices notices,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.door = door;
    this.rows = rows;
    this.requests = requests;
    this.journal = journal;
    this.notices = notices;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * What a card's button does: an open population is joined at once, an invitation is accepted, any
   * other population is asked. Whoever was removed by somebody else asks in an open one, too.
   *
   * @param message said to the administrators where they decide
   * @throws ProblemException NOT_FOUND, VALIDATION_FAILED, PERMISSION_DENIED for who is no user,
   *     POPULATION_ARCHIVED, JOIN_REQUEST_PENDING, STATE_CONFLICT for members
   */
  public void join(Caller caller, UUID id, @Nullable String message) {
    transaction.executeWithoutResult(
        status -> {
          Population population = door.visible(caller, id);
          var faults = new Validation();
          String said = Words.message(message, faults);
          faults.orThrow();
          population.requireActive();
          UUID user = Roles.user(caller, "Joining a population");
          Optional<Member> member = rows.find(population, user);
          requireNew(caller, population, member);
          boolean open =
              population.settings().joinPolicy() == JoinPolicy.OPEN
                  && member.filter(Member::isExpelled).isEmpty();
          if (member.filter(Member::isPresent).isPresent()) {
            accept(caller, population, member.get(), open);
          } else if (open) {
            admit(caller, population, member, user);
          } else {
            ask(caller, population, user, said);
          }
        });
  }

  private void requireNew(Caller caller, Population population, Optional<Member> member) {
    boolean holds = caller.populations().containsKey(population.id());
    if (holds || member.filter(each -> each.state() == MemberState.CONFIRMED).isPresent()) {
      throw conflict("You are a member already.", MemberState.CONFIRMED.name());
    }
    boolean waits =
        member.filter(each -> each.state() == MemberState.PENDING_CONFIRMATION).isPresent();
    if (waits || requests.pending(population, Roles.user(caller, "Joining")).isPresent()) {
      throw new ProblemException(
          CatalogProblem.JOIN_REQUEST_PENDING, "An administrator of the population decides.");
    }
  }

  /** Where anybody may come as a viewer, a viewer's invitation needs no further look. */
  private void accept(Caller caller, Population population, Member invited, boolean open) {
    Member accepted = invited.accepted();
    boolean atOnce = open && invited.role() == PopulationRole.VIEWER;
    Member now = rows.put(atOnce ? accepted.confirmed() : accepted);
    String action = atOnce ? "population.member_confirmed" : "population.member_accepted";
    journal.member(caller, action, invited, now);
    if (!atOnce) {
      notices.accepted(population, now);
    }
  }

  private void admit(Caller caller, Population population, Optional<Member> before, UUID user) {
    Member now = rows.put(Member.confirmed(population, user, PopulationRole.VIEWER));
    journal.member(caller, "population.member_joined", before.orElse(null), now);
  }

  private void ask(Caller caller, Population population, UUID user, @Nullable String message) {
    JoinRequest made =
        requests.add(
            new JoinRequest(
                population.tenantId(),
                Uuid7.next(),
                population.id(),
                user,
                message,
                JoinRequestState.PENDING,
                clock.instant(),
                null,
                0));
    journal.joinRequest(caller, "join_request.made", null, made, Map.of());
    notices.asked(population, made);
  }

  /**
   * Ends one's own membership or declines an invitation; also of an archived population.
   *
   * @throws ProblemException NOT_FOUND, STATE_CONFLICT where there is none to end or a group of the
   *     identity provider gives it, LAST_ADMINISTRATOR
   */
  public void leave(Caller caller, UUID id) {
    transaction.executeWithoutResult(
        status -> {
          Population population = door.visible(caller, id);
          UUID user = Roles.user(caller, "Leaving a population");
          Member member =
              rows.find(population, user)
                  .filter(Member::isPresent)
                  .orElseThrow(() -> conflict("You have no membership of your own.", "NONE"));
          Member next = member.removed(user.toString());
          Member now = door.keepingAdministrator(population, () -> rows.put(next));
          journal.member(caller, "population.member_left", member, now);
        });
  }

  /**
   * Makes an administrator of the tenant one of the population, also of an archived one; its
   * administrators are told. A second time changes nothing.
   *
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, STATE_CONFLICT before it is active
   */
  public void addMyself(Caller caller, UUID id) {
    caller.require(TenantRole.TENANT_ADMIN, "Adding oneself to a population");
    transaction.executeWithoutResult(
        status -> {
          Population population = door.visible(caller, id);
          UUID user = Roles.user(caller, "Adding oneself to a population");
          if (population.state() != PopulationState.ARCHIVED) {
            population.requireActive();
          }
          List<UUID> administrators = notices.administrators(population);
          if (administrators.contains(user)) {
            return;
          }
          Optional<Member> before = rows.find(population, user);
          Member now =
              rows.put(
                  before
                      .orElseGet(
                          () -> Member.confirmed(population, user, PopulationRole.ADMINISTRATOR))
                      .admitted(PopulationRole.ADMINISTRATOR));
          journal.member(
              caller, "population.administrator_added_themself", before.orElse(null), now);
          notices.administratorAdded(population, administrators, now);
        });
  }

  private static ProblemException conflict(String detail, String state) {
    return new ProblemException(GeneralProblem.STATE_CONFLICT, detail, Map.of("state", state));
  }
}
