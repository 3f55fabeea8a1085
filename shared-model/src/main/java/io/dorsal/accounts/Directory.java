package io.dorsal.accounts;

import io.dorsal.access.Caller;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The tenant's people for rooms that name them and give them roles of their own. Thread-safe. */
@Component
public class Directory {

  private final UserRows rows;
  private final Users users;
  private final Tenants tenants;
  private final KnownCallers known;
  private final Clock clock;

  Directory(UserRows rows, Users users, Tenants tenants, KnownCallers known, Clock clock) {
    this.rows = rows;
    this.users = users;
    this.tenants = tenants;
    this.known = known;
    this.clock = clock;
  }

  /**
   * The user of this id.
   *
   * @throws ProblemException NOT_FOUND, also for one who is deleted
   */
  public User named(UUID tenantId, UUID id) {
    return rows.find(tenantId, id)
        .filter(user -> user.standing().status() != UserStatus.DELETED)
        .orElseThrow(
            () -> new ProblemException(GeneralProblem.NOT_FOUND, "There is no user with this id."));
  }

  /**
   * The user known by this address, be it vouched for or invited by; else one who is invited now.
   * Nobody but a tenant's administrator invites whom the tenant would not let in by itself.
   *
   * @throws ProblemException VALIDATION_FAILED, STATE_CONFLICT where several users have it,
   *     PERMISSION_DENIED
   */
  public User addressed(Caller caller, @Nullable String address) {
    String email = Users.email(address);
    List<User> found = rows.addressed(caller.tenantId(), email);
    long came = found.stream().filter(user -> user.account() != null).count();
    if (came > 1) {
      throw new ProblemException(
          GeneralProblem.STATE_CONFLICT,
          "Several users have this address; name the one by its id.");
    }
    return found.isEmpty() ? invited(caller, email) : found.getFirst();
  }

  private User invited(Caller caller, String email) {
    boolean admitted =
        tenants
            .find(caller.tenantId())
            .map(tenant -> SignInRules.of(tenant.settings(clock.instant())).admit(email))
            .orElse(false);
    if (!admitted) {
      caller.require(TenantRole.TENANT_ADMIN, "Inviting whom the tenant does not let in by itself");
    }
    return users.invite(caller.tenantId(), email, null, Set.of(), caller.actor()).user();
  }

  /** Tells that roles change in this transaction: it acts here at once, elsewhere in seconds. */
  public void rolesChanged(UUID tenantId) {
    known.forget(tenantId);
  }
}
