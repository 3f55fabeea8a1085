package io.dorsal.accounts;

import io.dorsal.access.AccessProblem;
import io.dorsal.access.Caller;
import io.dorsal.access.Identity;
import io.dorsal.access.Scope;
import io.dorsal.access.Standings;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who comes in, and as what. Thread-safe. */
@Component
class SignIns implements Standings {

  private final Tenants tenants;
  private final Operators operators;
  private final UserRows users;
  private final Arrivals arrivals;
  private final Grants grants;
  private final KnownCallers known;
  private final AccountSettings settings;
  private final Clock clock;

  SignIns(
      Tenants tenants,
      Operators operators,
      UserRows users,
      Arrivals arrivals,
      Grants grants,
      KnownCallers known,
      AccountSettings settings,
      Clock clock) {
    this.tenants = tenants;
    this.operators = operators;
    this.users = users;
    this.arrivals = arrivals;
    this.grants = grants;
    this.known = known;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Caller signedIn(Identity identity) {
    UUID tenantId = identity.tenantId();
    User.Account account = User.Account.of(identity.issuer(), identity.subject());
    Known who =
        known.get(
            new KnownCallers.Key(tenantId, account),
            () -> Tenancy.in(tenantId, () -> known(identity, account)));
    requireSecondFactor(who.mfaRequired(), identity);
    return who.caller(scopes(identity), identity.serviceAccount());
  }

  @Override
  public Optional<String> actor(Identity identity) {
    UUID tenantId = identity.tenantId();
    User.Account account = User.Account.of(identity.issuer(), identity.subject());
    return Tenancy.in(
        tenantId,
        () ->
            tenants
                .find(tenantId)
                .map(
                    tenant ->
                        users
                            .named(tenantId, account)
                            .map(user -> user.id().toString())
                            .orElse(identity.subject())));
  }

  @Override
  public Caller of(UUID tenantId, UUID userId, Set<Scope> scopes) {
    return known
        .get(
            new KnownCallers.Key(tenantId, userId),
            () ->
                Tenancy.in(
                    tenantId,
                    () -> {
                      requireActive(tenantId);
                      User user = users.find(tenantId, userId).orElseThrow(SignIns::unknown);
                      requireAdmitted(user);
                      return known(user, null, false);
                    }))
        .caller(scopes, null);
  }

  @Override
  public void requireActive(UUID tenantId) {
    if (active(tenantId).isEmpty()) {
      throw new ProblemException(GeneralProblem.NOT_FOUND, "There is no such tenant.");
    }
  }

  /** Empty where there is no such tenant. */
  private Optional<Tenant> active(UUID tenantId) {
    Optional<Tenant> tenant = tenants.find(tenantId);
    if (tenant.isPresent() && tenant.get().status() != TenantStatus.ACTIVE) {
      throw new ProblemException(
          AccessProblem.AUTHZ_TENANT_SUSPENDED, "The tenant's people are not let in.");
    }
    return tenant;
  }

  private Known known(Identity identity, User.Account account) {
    UUID tenantId = identity.tenantId();
    UUID operator = operators.find(account).orElse(null);
    Optional<User> user = users.named(tenantId, account);
    if (operator != null && user.isEmpty()) {
      // Running the platform makes nobody a member of a tenant, and needs none to be open.
      return operator(tenantId, operator);
    }
    Tenant tenant = active(tenantId).orElseThrow(SignIns::unknownTenant);
    user.ifPresent(SignIns::requireAdmitted);
    SignInRules rules = SignInRules.of(tenant.settings(clock.instant()));
    requireSecondFactor(rules.requireMfa(), identity);
    User arrived = arrivals.arrive(identity, account, rules);
    requireAdmitted(arrived);
    return known(arrived, operator, rules.requireMfa());
  }

  private static Known operator(UUID tenantId, UUID operator) {
    return new Known(
        tenantId, null, operator.toString(), TenantRole.MEMBER, true, Map.of(), Map.of(), false);
  }

  private Known known(User user, @Nullable UUID operator, boolean mfaRequired) {
    List<HeldRole> held = grants.of(user.tenantId(), user.id());
    return new Known(
        user.tenantId(),
        user.id(),
        user.id().toString(),
        Grants.highest(held),
        operator != null,
        Grants.populations(held),
        Grants.organizations(held),
        mfaRequired);
  }

  private Set<Scope> scopes(Identity identity) {
    List<String> named = identity.scopes() == null ? List.of() : identity.scopes();
    // Others, such as openid, are the provider's own.
    Set<Scope> ours =
        named.stream().flatMap(name -> Scope.of(name).stream()).collect(Collectors.toSet());
    boolean whole =
        named.contains(Scope.ALL)
            || (ours.isEmpty()
                && identity.clientId() != null
                && settings.firstPartyClients().contains(identity.clientId()));
    return whole ? Scope.all() : ours;
  }

  private static void requireSecondFactor(boolean required, Identity identity) {
    if (required && !identity.methods().contains("mfa")) {
      throw new ProblemException(
          AccessProblem.AUTHZ_MFA_REQUIRED, "The tenant asks for a second factor.");
    }
  }

  private static void requireAdmitted(User user) {
    User.Standing standing = user.standing();
    if (!standing.admitted()) {
      Map<String, Object> details = new HashMap<>();
      details.put("status", standing.status().name());
      details.put("is_active", standing.active());
      details.put(
          "deactivated_at",
          standing.deactivatedAt() == null ? null : standing.deactivatedAt().toString());
      details.put("deactivated_via", String.valueOf(standing.keptOutVia()));
      throw new ProblemException(
          AccessProblem.AUTHZ_USER_SUSPENDED, "The account is deactivated.", details);
    }
  }

  private static ProblemException unknown() {
    return new ProblemException(AccessProblem.AUTHZ_USER_UNKNOWN, "There is no such account.");
  }

  private static ProblemException unknownTenant() {
    return new ProblemException(
        AccessProblem.AUTH_TOKEN_INVALID,
        "The token is for a tenant that does not exist.",
        Map.of("reason", "TENANT_UNKNOWN"));
  }
}
