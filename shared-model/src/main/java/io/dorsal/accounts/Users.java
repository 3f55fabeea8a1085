package io.dorsal.accounts;

import io.dorsal.access.AccessProblem;
import io.dorsal.access.Caller;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What an administrator does with the people of the tenant. Thread-safe. */
@Component
public class Users {

  private final UserRows rows;
  private final Tenants tenants;
  private final Grants grants;
  private final KnownCallers known;
  private final AccountJournal journal;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Users(
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
   * A user and the roles it holds.
   *
   * @param held a role may be there twice, by a person and by a group
   */
  public record Member(User user, List<HeldRole> held) {

    public TenantRole role() {
      return Grants.highest(held);
    }
  }

  /**
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND
   */
  public Member get(Caller caller, UUID id) {
    caller.require(TenantRole.TENANT_ADMIN, "Reading users");
    return member(rows.find(caller.tenantId(), id).orElseThrow(Users::unknown));
  }

  /** The caller's own record; empty for an operator who is no user here. */
  public Optional<Member> self(Caller caller) {
    UUID id = caller.userId();
    return id == null ? Optional.empty() : rows.find(caller.tenantId(), id).map(this::member);
  }

  /**
   * Makes a user who becomes active when somebody whose provider vouches for this address signs in.
   *
   * @throws ProblemException PERMISSION_DENIED, VALIDATION_FAILED, NAME_TAKEN where one with this
   *     address waits already
   */
  public Member invite(Caller caller, @Nullable String email, @Nullable String displayName) {
    caller.require(TenantRole.TENANT_ADMIN, "Inviting a user");
    return invite(caller.tenantId(), email, displayName, Set.of(), caller.actor());
  }

  /**
   * Makes the first administrator of a tenant; the same again changes nothing. For operators, who
   * are asked for their right before.
   *
   * @throws ProblemException VALIDATION_FAILED, NAME_TAKEN
   */
  public Member appoint(
      UUID tenantId, @Nullable String email, @Nullable String displayName, String actor) {
    return invite(tenantId, email, displayName, Set.of(TenantRole.TENANT_ADMIN), actor);
  }

  Member invite(
      UUID tenantId,
      @Nullable String email,
      @Nullable String displayName,
      Set<TenantRole> roles,
      String actor) {
    var profile = new User.Profile(email(email), false, name(displayName), null);
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              User made =
                  rows.add(tenantId, UserStatus.PENDING, null, profile, clock.instant())
                      .orElseThrow(Users::invitedTwice);
              grants.replace(tenantId, made.id(), roles, actor);
              journal.made("user.invited", actor, made, Map.of("roles", roles));
              return member(made);
            }));
  }

  /**
   * Changes what people call the user and, until the first sign-in, the address they are known by.
   *
   * @param expectedVersion the version the caller has seen
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND, STALE_VERSION, VALIDATION_FAILED,
   *     STATE_CONFLICT where the provider says the address, NAME_TAKEN
   */
  public Member change(
      Caller caller,
      UUID id,
      int expectedVersion,
      @Nullable String email,
      @Nullable String displayName) {
    caller.require(TenantRole.TENANT_ADMIN, "Changing a user");
    String newEmail = email == null ? null : email(email);
    String newName = displayName == null ? null : name(displayName);
    return changed(
        caller,
        id,
        "user.changed",
        null,
        user -> {
          requireVersion(user, expectedVersion);
          if (newEmail != null && user.account() != null) {
            throw conflict(user, "The address of a user who has signed in is the provider's.");
          }
          User.Profile now = user.profile();
          return user.with(
              new User.Profile(
                  newEmail == null ? now.email() : newEmail,
                  newEmail == null && now.emailVerified(),
                  newName == null ? now.displayName() : newName,
                  now.toldAt()));
        });
  }

  /**
   * Keeps a user out, everywhere within five seconds; a second time changes nothing.
   *
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND, LAST_ADMINISTRATOR, STATE_CONFLICT for
   *     erased users
   */
  public Member deactivate(Caller caller, UUID id, @Nullable String reason) {
    caller.require(TenantRole.TENANT_ADMIN, "Deactivating a user");
    requireReason(reason);
    return changed(
        caller,
        id,
        "user.deactivated",
        reason,
        user ->
            user.standing().keptOutVia() == DeactivatedVia.ADMIN && !user.standing().active()
                ? user
                : user.deactivated(DeactivatedVia.ADMIN, reason, clock.instant()));
  }

  /**
   * Lets a user in again, whatever kept it out; a second time changes nothing.
   *
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND, STATE_CONFLICT for oneself and for
   *     erased users
   */
  public Member activate(Caller caller, UUID id, @Nullable String reason) {
    caller.require(TenantRole.TENANT_ADMIN, "Activating a user");
    requireOther(caller, id);
    requireReason(reason);
    return changed(
        caller,
        id,
        "user.activated",
        reason,
        user -> user.standing().admitted() ? user : user.activated());
  }

  /**
   * Marks a deactivated user for being erased in 30 days; a second time changes nothing.
   *
   * @param expectedVersion the version the caller has seen
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND, STALE_VERSION, STATE_CONFLICT while the
   *     user is not deactivated
   */
  public void delete(Caller caller, UUID id, int expectedVersion) {
    caller.require(TenantRole.TENANT_ADMIN, "Deleting a user");
    changed(
        caller,
        id,
        "user.deleted",
        null,
        user -> {
          requireVersion(user, expectedVersion);
          if (user.standing().active()) {
            throw conflict(user, "A user is deactivated before it is deleted.");
          }
          return user.standing().status() == UserStatus.DELETED
              ? user
              : user.deleted(clock.instant());
        });
  }

  /**
   * Replaces the roles in the tenant that people gave a user; those by a group stay.
   *
   * @param expectedVersion the version the caller has seen
   * @throws ProblemException PERMISSION_DENIED also where a role is higher than the caller's,
   *     NOT_FOUND, STALE_VERSION, VALIDATION_FAILED, LAST_ADMINISTRATOR
   */
  public Member grant(Caller caller, UUID id, int expectedVersion, @Nullable List<String> roles) {
    caller.require(TenantRole.TENANT_ADMIN, "Granting roles");
    Set<TenantRole> wanted = WantedRoles.of(caller, roles);
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              tenants.lock(caller.tenantId());
              User user = rows.locked(caller.tenantId(), id).orElseThrow(Users::unknown);
              requireVersion(user, expectedVersion);
              requireNotErased(user);
              boolean before = grants.administered(caller.tenantId());
              List<String> held = grants.given(caller.tenantId(), id);
              grants.replace(caller.tenantId(), id, wanted, caller.actor());
              requireAdministrator(before, caller.tenantId());
              known.forget(caller.tenantId());
              User saved = rows.save(user);
              journal.user(
                  "user.roles_changed",
                  caller.actor(),
                  user,
                  saved,
                  Map.of("roles_before", held, "roles", wanted));
              return member(saved);
            }));
  }

  /** One change to one user, which leaves the tenant an administrator. */
  private Member changed(
      Caller caller, UUID id, String action, @Nullable String reason, UnaryOperator<User> change) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              tenants.lock(caller.tenantId());
              User user = rows.locked(caller.tenantId(), id).orElseThrow(Users::unknown);
              requireNotErased(user);
              User next = change.apply(user);
              if (next.equals(user)) {
                return member(user);
              }
              boolean before = grants.administered(caller.tenantId());
              User saved = save(next);
              journal.user(
                  action,
                  caller.actor(),
                  user,
                  saved,
                  reason == null ? Map.of() : Map.of("reason", reason));
              requireAdministrator(before, caller.tenantId());
              known.forget(caller.tenantId());
              return member(saved);
            }));
  }

  private User save(User user) {
    try {
      return rows.save(user);
    } catch (DuplicateKeyException e) {
      throw invitedTwice();
    }
  }

  private void requireAdministrator(boolean before, UUID tenantId) {
    if (before && !grants.administered(tenantId)) {
      throw new ProblemException(
          AccessProblem.LAST_ADMINISTRATOR, "The tenant would have no administrator left.");
    }
  }

  private Member member(User user) {
    return new Member(user, grants.of(user.tenantId(), user.id()));
  }

  private static void requireOther(Caller caller, UUID id) {
    if (id.equals(caller.userId())) {
      throw new ProblemException(GeneralProblem.STATE_CONFLICT, "Nobody activates themself.");
    }
  }

  private static void requireNotErased(User user) {
    if (user.erasedAt() != null) {
      throw conflict(user, "The user is erased; nothing of it can change any more.");
    }
  }

  static void requireVersion(User user, int expected) {
    if (user.version() != expected) {
      throw new ProblemException(
          GeneralProblem.STALE_VERSION, "The user changed since you loaded it.");
    }
  }

  private static ProblemException conflict(User user, String detail) {
    return new ProblemException(
        GeneralProblem.STATE_CONFLICT, detail, Map.of("state", user.standing().status().name()));
  }

  static ProblemException unknown() {
    return new ProblemException(GeneralProblem.NOT_FOUND, "There is no user with this id.");
  }

  private static ProblemException invitedTwice() {
    return new ProblemException(
        GeneralProblem.NAME_TAKEN, "A user with this address is invited already.");
  }

  private static void requireReason(@Nullable String reason) {
    new Validation()
        .check(
            reason == null || reason.length() <= 500,
            "reason",
            "TOO_LONG",
            "reason has at most 500 characters.")
        .orThrow();
  }

  static String email(@Nullable String given) {
    String email = given == null ? "" : given.strip();
    new Validation()
        .check(!email.isEmpty(), "email", "REQUIRED", "email is required.")
        .check(
            email.isEmpty() || (email.length() <= 254 && email.matches("[^@\\s]+@[^@\\s]+")),
            "email",
            "INVALID",
            "email must be an address of at most 254 characters.")
        .orThrow();
    return email;
  }

  private static @Nullable String name(@Nullable String given) {
    String name = given == null ? "" : given.strip();
    new Validation()
        .check(
            name.length() <= 200,
            "display_name",
            "TOO_LONG",
            "display_name has at most 200 characters.")
        .orThrow();
    return name.isEmpty() ? null : name;
  }
}
