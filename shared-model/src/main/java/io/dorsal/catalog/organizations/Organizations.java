package io.dorsal.catalog.organizations;

import io.dorsal.access.AccessProblem;
import io.dorsal.access.Caller;
import io.dorsal.access.OrganizationRole;
import io.dorsal.accounts.Directory;
import io.dorsal.operations.Act;
import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.Journal;
import io.dorsal.operations.StateChange;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The organizations of a tenant, which every user of it sees. Thread-safe. */
@Component
public class Organizations {

  /** What an entry of the journal is about. */
  static final String ORGANIZATION = "organization";

  private final OrganizationRows rows;
  private final MemberRows members;
  private final Directory directory;
  private final Journal journal;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Organizations(
      OrganizationRows rows,
      MemberRows members,
      Directory directory,
      Journal journal,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.rows = rows;
    this.members = members;
    this.directory = directory;
    this.journal = journal;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * Which organizations.
   *
   * @param text part of the name, whatever the case
   */
  public record Filter(@Nullable Verification verification, @Nullable String text) {}

  /**
   * Makes an organization, whose administrator the caller is from the next call on.
   *
   * @throws ProblemException VALIDATION_FAILED, NAME_TAKEN, STATE_CONFLICT where no user asks
   */
  public Organization create(Caller caller, OrganizationWanted wanted) {
    OrganizationProfile profile = OrganizationRules.profile(wanted);
    UUID user = caller.userId();
    if (user == null) {
      throw new ProblemException(
          GeneralProblem.STATE_CONFLICT, "Only a user makes an organization, to administer it.");
    }
    return inTransaction(
        () -> {
          Organization made =
              rows.add(caller.tenantId(), profile, clock.instant())
                  .orElseThrow(() -> taken(profile.name()));
          members.add(made, user, OrganizationRole.ADMINISTRATOR, caller.actor(), clock.instant());
          directory.rolesChanged(caller.tenantId());
          journal.stateChanged(
              new StateChange(
                  "organization.created",
                  made.tenantId(),
                  ORGANIZATION,
                  made.id(),
                  null,
                  String.valueOf(made.verification()),
                  caller.actor(),
                  Map.of("name", profile.name(), "administrator_id", user)),
              AuditCategory.CATALOG);
          return made;
        });
  }

  /**
   * A page by name.
   *
   * @param after where the page before ended, see {@link #place}; null begins
   */
  public List<Organization> page(Caller caller, Filter filter, @Nullable String after, int limit) {
    return rows.page(caller.tenantId(), filter, after, limit);
  }

  /** Where a page that ends with this one ends. */
  public static String place(Organization last) {
    return OrganizationRules.key(last.profile().name());
  }

  /**
   * @throws ProblemException NOT_FOUND
   */
  public Organization get(Caller caller, UUID id) {
    return rows.find(caller.tenantId(), id).orElseThrow(Organizations::unknown);
  }

  /**
   * The same for who may change it.
   *
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED
   */
  public Organization settings(Caller caller, UUID id) {
    Organization organization = get(caller, id);
    requireSettings(caller, organization);
    return organization;
  }

  /**
   * Changes profile and preferences by JSON merge patch.
   *
   * @param seen the version the caller has seen
   * @param nulls names of the members that the patch sets to null
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, STALE_VERSION, VALIDATION_FAILED,
   *     NAME_TAKEN, STATE_CONFLICT for Public
   */
  public Organization change(
      Caller caller, UUID id, int seen, OrganizationWanted patch, Set<String> nulls) {
    return inTransaction(
        () -> {
          Organization before =
              rows.locked(caller.tenantId(), id).orElseThrow(Organizations::unknown);
          before.requireOwn();
          requireSettings(caller, before);
          requireVersion(before, seen);
          OrganizationProfile profile =
              OrganizationRules.profile(patch.over(before.profile(), nulls));
          if (profile.equals(before.profile())) {
            return before;
          }
          Organization after =
              rows.save(before.with(profile)).orElseThrow(() -> taken(profile.name()));
          journal.record(
              Act.of(caller, AuditCategory.CATALOG, "organization.changed")
                  .on(ORGANIZATION, id, profile.name())
                  .changing(before.profile().audited(), profile.audited()));
          return after;
        });
  }

  /**
   * The organizations that somebody chooses, such as for an encounter.
   *
   * @throws ProblemException NOT_FOUND where one is not there, ORGANIZATION_NOT_SELECTABLE for
   *     Public
   */
  public List<Organization> selectable(UUID tenantId, Collection<UUID> ids) {
    List<Organization> found = rows.find(tenantId, ids);
    if (found.size() < Set.copyOf(ids).size()) {
      throw unknown();
    }
    found.stream()
        .filter(Organization::isSystem)
        .findFirst()
        .ifPresent(
            system -> {
              throw new ProblemException(
                  OrganizationProblem.ORGANIZATION_NOT_SELECTABLE,
                  system.profile().name() + " belongs to the system and is never chosen.",
                  Map.of("organization_id", system.id()));
            });
    return found;
  }

  static void requireVersion(Organization organization, int seen) {
    if (organization.version() != seen) {
      throw new ProblemException(
          GeneralProblem.STALE_VERSION, "The organization changed since you loaded it.");
    }
  }

  static ProblemException unknown() {
    return new ProblemException(GeneralProblem.NOT_FOUND, "There is no organization with this id.");
  }

  private static void requireSettings(Caller caller, Organization organization) {
    if (!caller.administers(organization.id())) {
      throw new ProblemException(
          AccessProblem.PERMISSION_DENIED,
          "Only organization administrators can change these settings.",
          Map.of("required_role", OrganizationRole.ADMINISTRATOR.name()));
    }
  }

  private static ProblemException taken(String name) {
    return new ProblemException(
        GeneralProblem.NAME_TAKEN, "There is an organization named " + name + " already.");
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(status -> work.get()));
  }
}
