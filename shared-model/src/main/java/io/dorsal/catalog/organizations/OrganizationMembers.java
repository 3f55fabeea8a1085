package io.dorsal.catalog.organizations;

import io.dorsal.access.AccessProblem;
import io.dorsal.access.Caller;
import io.dorsal.access.OrganizationRole;
import io.dorsal.access.TenantRole;
import io.dorsal.accounts.Directory;
import io.dorsal.accounts.User;
import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.Journal;
import io.dorsal.operations.StateChange;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who belongs to an organization, whatever population they are in. Its administrators decide; a
 * tenant's administrator may only make themself one of them, which those are told. Changes act from
 * the next call on. Thread-safe.
 */
@Component
public class OrganizationMembers {

  private static final String REMOVED = "REMOVED";

  private final OrganizationRows organizations;
  private final MemberRows rows;
  private final OrganizationNotices notices;
  private final Directory directory;
  private final Journal journal;
  private final TransactionTemplate transaction;
  private final Clock clock;

  OrganizationMembers(
      OrganizationRows organizations,
      MemberRows rows,
      OrganizationNotices notices,
      Directory directory,
      Journal journal,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.organizations = organizations;
    this.rows = rows;
    this.notices = notices;
    this.directory = directory;
    this.journal = journal;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * All of them, by name.
   *
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED
   */
  public List<OrganizationMember> list(Caller caller, UUID organization) {
    Organization found = organization(caller, organization);
    requireAdministrator(caller, found);
    return rows.list(found);
  }

  /**
   * One of them, for administrators and for oneself.
   *
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED
   */
  public OrganizationMember get(Caller caller, UUID organization, UUID user) {
    Organization found = organization(caller, organization);
    if (!user.equals(caller.userId())) {
      requireAdministrator(caller, found);
    }
    return rows.find(found, user).orElseThrow(OrganizationMembers::unknown);
  }

  /**
   * Adds a user, by id or by address; whom nobody knows by it is invited.
   *
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, VALIDATION_FAILED, STATE_CONFLICT for
   *     who is a member already and for Public
   */
  public OrganizationMember add(Caller caller, UUID organization, MemberWanted wanted) {
    OrganizationRole role = wanted.checked();
    return alone(
        caller,
        organization,
        found -> {
          UUID id = wanted.userId();
          boolean byThemself = requireAppointing(caller, found, id);
          User user =
              id == null
                  ? directory.addressed(caller, wanted.email())
                  : directory.named(caller.tenantId(), id);
          if (!rows.add(found, user.id(), role, caller.actor(), clock.instant())) {
            throw new ProblemException(
                GeneralProblem.STATE_CONFLICT,
                "This user is a member already; change the role instead.");
          }
          if (byThemself) {
            notices.joinedByTenantAdministrator(found, user.id());
          }
          OrganizationMember added = rows.find(found, user.id()).orElseThrow();
          keep("organization.member_added", caller, added, null, role.name());
          return added;
        });
  }

  /**
   * Gives a member the other role.
   *
   * @param seen the version the caller has seen
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, STALE_VERSION, VALIDATION_FAILED,
   *     LAST_ADMINISTRATOR, STATE_CONFLICT for Public
   */
  public OrganizationMember change(
      Caller caller, UUID organization, UUID user, int seen, @Nullable String role) {
    OrganizationRole wanted = MemberWanted.role(role);
    return alone(
        caller,
        organization,
        found -> {
          boolean byThemself = requireAppointing(caller, found, user);
          OrganizationMember before =
              rows.find(found, user).orElseThrow(OrganizationMembers::unknown);
          if (before.version() != seen) {
            throw new ProblemException(
                GeneralProblem.STALE_VERSION, "The member changed since you loaded it.");
          }
          if (before.role() == wanted) {
            return before;
          }
          administeredStill(found, () -> rows.save(before, wanted));
          if (byThemself) {
            notices.joinedByTenantAdministrator(found, user);
          }
          keep("organization.member_changed", caller, before, before.role().name(), wanted.name());
          return rows.find(found, user).orElseThrow();
        });
  }

  /**
   * Takes a member out; everybody may leave by themself.
   *
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, LAST_ADMINISTRATOR, STATE_CONFLICT for
   *     Public
   */
  public void remove(Caller caller, UUID organization, UUID user) {
    alone(
        caller,
        organization,
        found -> {
          if (!user.equals(caller.userId())) {
            requireAdministrator(caller, found);
          }
          OrganizationMember member =
              rows.find(found, user).orElseThrow(OrganizationMembers::unknown);
          administeredStill(found, () -> rows.remove(member));
          keep("organization.member_removed", caller, member, member.role().name(), REMOVED);
          return member;
        });
  }

  /** Work on who belongs to it while nobody else is at that. */
  private <T> T alone(Caller caller, UUID organization, Function<Organization, T> work) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Organization found =
                  organizations
                      .locked(caller.tenantId(), organization)
                      .orElseThrow(Organizations::unknown);
              found.requireOwn();
              T result = work.apply(found);
              directory.rolesChanged(caller.tenantId());
              return result;
            }));
  }

  private Organization organization(Caller caller, UUID id) {
    return organizations.find(caller.tenantId(), id).orElseThrow(Organizations::unknown);
  }

  /** Does it unless nobody who may come in administers the organization then. */
  private void administeredStill(Organization organization, Runnable change) {
    boolean before = rows.administered(organization);
    change.run();
    if (before && !rows.administered(organization)) {
      throw new ProblemException(
          AccessProblem.LAST_ADMINISTRATOR, "The organization would have no administrator left.");
    }
  }

  private static void requireAdministrator(Caller caller, Organization found) {
    if (!caller.administers(found.id())) {
      throw new ProblemException(
          AccessProblem.PERMISSION_DENIED,
          "Deciding on the members of an organization needs the role ADMINISTRATOR in it.",
          Map.of("required_role", OrganizationRole.ADMINISTRATOR.name()));
    }
  }

  /**
   * A tenant's administrator who appoints themself needs no role.
   *
   * @return whether that is so
   */
  private static boolean requireAppointing(Caller caller, Organization found, @Nullable UUID user) {
    boolean themself =
        user != null
            && user.equals(caller.userId())
            && caller.role().includes(TenantRole.TENANT_ADMIN);
    if (themself && !caller.administers(found.id())) {
      return true;
    }
    requireAdministrator(caller, found);
    return false;
  }

  private void keep(
      String event, Caller caller, OrganizationMember member, @Nullable String from, String to) {
    journal.stateChanged(
        new StateChange(
            event,
            member.tenantId(),
            "organization_member",
            member.id(),
            from,
            to,
            caller.actor(),
            Map.of("organization_id", member.organizationId(), "user_id", member.userId())),
        AuditCategory.CATALOG);
  }

  private static ProblemException unknown() {
    return new ProblemException(
        GeneralProblem.NOT_FOUND, "There is no member with this id in the organization.");
  }
}
