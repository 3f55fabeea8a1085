package io.dorsal.catalog;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.accounts.Directory;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the administrators of a population do with its people. Thread-safe. */
@Component
public class Members {

  private final Membership door;
  private final PopulationMemberRows rows;
  private final JoinRequestRows requests;
  private final Directory accounts;
  private final CatalogJournal journal;
  private final CatalogNotices notices;
  private final TransactionTemplate transaction;

  Members(
      Membership door,
      PopulationMemberRows rows,
      JoinRequestRows requests,
      Directory accounts,
      CatalogJournal journal,
      CatalogNotices notices,
      PlatformTransactionManager transactions) {
    this.door = door;
    this.rows = rows;
    this.requests = requests;
    this.accounts = accounts;
    this.journal = journal;
    this.notices = notices;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Who shall be invited; nothing of it is checked yet.
   *
   * @param role null for the lowest
   * @param message null for the usual words
   */
  public record Invitation(
      @Nullable String firstName,
      @Nullable String lastName,
      @Nullable String email,
      @Nullable String role,
      @Nullable String message) {}

  /**
   * Invites somebody by an address. Where nobody has it, a user is made who is known by it at the
   * first sign-in; of whom the tenant would not let in by itself, its administrators alone do so.
   *
   * @return the id of the invited user
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED also for a role above the caller's,
   *     VALIDATION_FAILED, POPULATION_ARCHIVED, JOIN_REQUEST_PENDING where that person asks to
   *     join, STATE_CONFLICT where there is a membership or an invitation, or several users have
   *     the address
   */
  public UUID invite(Caller caller, UUID id, Invitation wanted) {
    return changed(
        () -> {
          Population population = door.administered(caller, id, "Inviting somebody");
          var faults = new Validation();
          String first = Words.name("first_name", wanted.firstName(), faults);
          String last = Words.name("last_name", wanted.lastName(), faults);
          String said = Words.message(wanted.message(), faults);
          faults.check(wanted.email() != null, "email", "REQUIRED", "email is required.").orThrow();
          PopulationRole role =
              Roles.given(caller, population, wanted.role(), PopulationRole.VIEWER);
          UUID user = accounts.addressed(caller, wanted.email()).id();
          Optional<Member> before = rows.find(population, user);
          requireOutside(population, user, before);
          Member invited =
              rows.put(
                  Member.confirmed(population, user, role)
                      .invited(first, last, said == null ? Words.WELCOME : said));
          journal.member(caller, "population.member_invited", before.orElse(null), invited);
          notices.invited(population, invited);
          return invited;
        });
  }

  private void requireOutside(Population population, UUID user, Optional<Member> before) {
    before
        .filter(Member::isPresent)
        .ifPresent(
            member -> {
              throw new ProblemException(
                  GeneralProblem.STATE_CONFLICT,
                  "This person is a member or invited already.",
                  Map.of("state", member.state().name(), "user_id", user));
            });
    if (requests.pending(population, user).isPresent()) {
      throw new ProblemException(
          CatalogProblem.JOIN_REQUEST_PENDING, "This person asks to join; decide on that.");
    }
  }

  /**
   * Lets in who accepted an invitation.
   *
   * @param seen the version the caller has seen
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, STALE_VERSION, STATE_CONFLICT,
   *     POPULATION_ARCHIVED
   */
  public UUID confirm(Caller caller, UUID id, UUID userId, int seen) {
    return of(
        caller,
        id,
        userId,
        seen,
        "Confirming a member",
        (population, member) -> {
          Member now = rows.put(member.confirmed());
          journal.member(caller, "population.member_confirmed", member, now);
          return now;
        });
  }

  /**
   * Gives somebody another role.
   *
   * @param seen the version the caller has seen
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED also for a role above the caller's,
   *     STALE_VERSION, VALIDATION_FAILED, STATE_CONFLICT, POPULATION_ARCHIVED, LAST_ADMINISTRATOR
   */
  public UUID giveRole(Caller caller, UUID id, UUID userId, int seen, @Nullable String role) {
    return of(
        caller,
        id,
        userId,
        seen,
        "Changing a role",
        (population, member) -> {
          new Validation().check(role != null, "role", "REQUIRED", "role is required.").orThrow();
          Member next = member.with(Roles.given(caller, population, role, member.role()));
          if (next.equals(member)) {
            return member;
          }
          Member now = door.keepingAdministrator(population, () -> rows.put(next));
          journal.member(caller, "population.member_role_changed", member, now);
          return now;
        });
  }

  /**
   * Ends a membership or takes an invitation back. The account and what it made stay.
   *
   * @param seen the version the caller has seen
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, STALE_VERSION, STATE_CONFLICT,
   *     POPULATION_ARCHIVED, LAST_ADMINISTRATOR
   */
  public UUID remove(Caller caller, UUID id, UUID userId, int seen) {
    return of(
        caller,
        id,
        userId,
        seen,
        "Removing a member",
        (population, member) -> {
          Member next = member.removed(caller.actor());
          Member now = door.keepingAdministrator(population, () -> rows.put(next));
          journal.member(caller, "population.member_removed", member, now);
          return now;
        });
  }

  private UUID of(
      Caller caller,
      UUID id,
      UUID userId,
      int seen,
      String action,
      BiFunction<Population, Member, Member> change) {
    return changed(
        () -> {
          Population population = door.administered(caller, id, action);
          Member member = door.member(population, userId);
          member.requireVersion(seen);
          return change.apply(population, member);
        });
  }

  private UUID changed(Supplier<Member> work) {
    return Objects.requireNonNull(transaction.execute(status -> work.get())).userId();
  }
}
