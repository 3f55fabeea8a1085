package io.dorsal.accounts;

import io.dorsal.access.Caller;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes one user of an invitation and of the person who came without it, as nobody vouched for the
 * address. Thread-safe.
 */
@Component
public class UserMerge {

  private final UserRows rows;
  private final Tenants tenants;
  private final Grants grants;
  private final KnownCallers known;
  private final AccountJournal journal;
  private final TransactionTemplate transaction;
  private final Clock clock;

  UserMerge(
      UserRows rows,
      Tenants tenants,
      Grants grants,
      KnownCallers known,
      AccountJournal journal,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.rows = rows;
    this.tenants = tenants;
    this.grants = grants;
    this.known = known;
    this.journal = journal;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * Gives a user what was given to an invitation, which is erased with it. What the user holds in a
   * population or an organization stays as it is there. For oneself one takes over no role in
   * either that one does not hold.
   *
   * @param id who stays, and has signed in
   * @param expectedVersion the version of that user that the caller has seen
   * @param invited the id of a user who never signed in
   * @throws ProblemException PERMISSION_DENIED also for more than one's own, VALIDATION_FAILED,
   *     NOT_FOUND, STALE_VERSION, STATE_CONFLICT where the one never came, or the other did, or is
   *     deleted
   */
  public Users.Member merge(Caller caller, UUID id, int expectedVersion, @Nullable UUID invited) {
    caller.require(TenantRole.TENANT_ADMIN, "Merging users");
    new Validation()
        .check(invited != null, "user_id", "REQUIRED", "user_id is required.")
        .orThrow();
    UUID tenant = caller.tenantId();
    UUID from = Objects.requireNonNull(invited);
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              tenants.lock(tenant);
              User user = rows.locked(tenant, id).orElseThrow(Users::unknown);
              Users.requireVersion(user, expectedVersion);
              User invitation = rows.locked(tenant, from).orElseThrow(Users::unknown);
              requireFit(user, invitation);
              if (id.equals(caller.userId())) {
                requireHeld(caller, grants.of(tenant, from));
              }
              grants.move(tenant, from, id);
              Instant now = clock.instant();
              User gone = rows.save(invitation.deleted(now).erased(now));
              journal.user(
                  "user.merged_into", caller.actor(), invitation, gone, Map.of("into", id));
              User saved = rows.save(user);
              journal.user("user.merged", caller.actor(), user, saved, Map.of("user_id", from));
              known.forget(tenant);
              return new Users.Member(saved, grants.of(tenant, id));
            }));
  }

  private static void requireHeld(Caller caller, List<HeldRole> invited) {
    Grants.populations(invited).forEach((id, role) -> WantedRoles.requireHeld(caller, id, role));
    Grants.organizations(invited).forEach((id, role) -> WantedRoles.requireHeld(caller, id, role));
  }

  private static void requireFit(User user, User invitation) {
    if (user.account() == null || user.standing().status() == UserStatus.DELETED) {
      throw new ProblemException(
          GeneralProblem.STATE_CONFLICT, "Only who has signed in, and is not deleted, takes over.");
    }
    if (invitation.account() != null || invitation.standing().status() != UserStatus.PENDING) {
      throw new ProblemException(
          GeneralProblem.STATE_CONFLICT,
          "Only an invitation that nobody has followed is taken over.");
    }
  }
}
