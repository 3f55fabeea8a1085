package io.dorsal.accounts;

import io.dorsal.access.Caller;
import io.dorsal.access.DatabaseTimes;
import io.dorsal.access.Tenancy;
import io.dorsal.access.Uuid7;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an operator does with tenants: everything about them, nothing in them. Each act stands in
 * the audit log of the tenant it is about. Thread-safe.
 */
@Component
public class OperatorTenants {

  private static final Duration GRACE = Duration.ofDays(30);
  private static final int LONGEST_REASON = 1_000;

  private final Tenants tenants;
  private final Users users;
  private final SettingsInForce inForce;
  private final KnownCallers known;
  private final AccountJournal journal;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;

  OperatorTenants(
      Tenants tenants,
      Users users,
      SettingsInForce inForce,
      KnownCallers known,
      AccountJournal journal,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.tenants = tenants;
    this.users = users;
    this.inForce = inForce;
    this.known = known;
    this.journal = journal;
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * A tenant as its operator sees it: no settings, no numbers of what is in it.
   *
   * @param purgeAfter when all of it goes; null unless it is DELETING
   */
  public record OperatedTenant(
      UUID id,
      String name,
      String displayName,
      TenantStatus status,
      Instant createdAt,
      JsonNode limits,
      @Nullable Instant purgeAfter,
      int version) {

    static OperatedTenant of(Tenant tenant) {
      return new OperatedTenant(
          tenant.id(),
          tenant.name(),
          tenant.displayName(),
          tenant.status(),
          tenant.createdAt(),
          tenant.settled().limits(),
          tenant.purgeAfter(),
          tenant.version());
    }
  }

  /**
   * A page, by name.
   *
   * @param part of the name or the display name
   * @param after the name before the page; null begins
   * @throws ProblemException PERMISSION_DENIED
   */
  public List<OperatedTenant> page(
      Caller caller,
      @Nullable TenantStatus status,
      @Nullable String part,
      @Nullable String after,
      int most) {
    caller.requireOperator("Reading tenants");
    return tenants.page(status, part, after, most).stream().map(OperatedTenant::of).toList();
  }

  /**
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND
   */
  public OperatedTenant get(Caller caller, UUID id) {
    caller.requireOperator("Reading tenants");
    return OperatedTenant.of(tenants.find(id).orElseThrow(OperatorTenants::unknown));
  }

  /**
   * Makes a tenant, and its first administrator where an address is given: a user who becomes
   * active when somebody whose provider vouches for this address signs in.
   *
   * @throws ProblemException PERMISSION_DENIED, VALIDATION_FAILED, NAME_TAKEN
   */
  public OperatedTenant create(
      Caller caller,
      @Nullable String name,
      @Nullable String displayName,
      @Nullable String administratorEmail) {
    caller.requireOperator("Making a tenant");
    String shown = displayName == null ? name : displayName;
    new Validation()
        .check(
            name != null && name.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,62}"),
            "name",
            "INVALID",
            "name must be 2 to 63 letters, digits, dots, hyphens or underscores.")
        .check(
            isName(shown), "display_name", "INVALID", "display_name must be 1 to 200 characters.")
        .orThrow();
    UUID id = Uuid7.next();
    return Tenancy.in(
        id,
        () ->
            Objects.requireNonNull(
                transaction.execute(
                    status -> {
                      tenants.create(id, String.valueOf(name), String.valueOf(shown));
                      if (administratorEmail != null) {
                        users.appoint(id, administratorEmail, null, caller.actor());
                      }
                      journal.status(
                          "tenant.created",
                          caller.actor(),
                          id,
                          null,
                          TenantStatus.ACTIVE,
                          Map.of("name", String.valueOf(name)));
                      return OperatedTenant.of(tenants.find(id).orElseThrow());
                    })));
  }

  /**
   * Changes the display name and the ceilings, by JSON merge patch.
   *
   * @param limits of the shape of the settings; null for as they are
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND, STALE_VERSION, VALIDATION_FAILED
   */
  public OperatedTenant change(
      Caller caller,
      UUID id,
      int expectedVersion,
      @Nullable String displayName,
      @Nullable JsonNode limits) {
    caller.requireOperator("Changing a tenant");
    new Validation()
        .check(
            displayName == null || isName(displayName),
            "display_name",
            "INVALID",
            "display_name must be 1 to 200 characters.")
        .orThrow();
    return changed(
        id,
        tenant -> {
          if (tenant.version() != expectedVersion) {
            throw new ProblemException(
                GeneralProblem.STALE_VERSION, "The tenant was changed since you loaded it.");
          }
          Settled settled = tenant.settled();
          ObjectNode ceilings = ceilings(settled, limits);
          String shown = displayName == null ? tenant.displayName() : displayName;
          if (shown.equals(tenant.displayName()) && ceilings.equals(settled.ceilings())) {
            return tenant;
          }
          Map<String, Object> before = new LinkedHashMap<>();
          before.put("display_name", tenant.displayName());
          before.put("limits", settled.ceilings());
          journal.tenant(
              "tenant.changed",
              caller.actor(),
              id,
              before,
              Map.of("display_name", shown, "limits", ceilings));
          return tenants.save(
              tenant.with(shown, new Settled(settled.chosen(), ceilings, settled.pending())));
        });
  }

  private static ObjectNode ceilings(Settled settled, @Nullable JsonNode limits) {
    if (limits == null) {
      return settled.ceilings();
    }
    var faults = new SettingRule.Faults(url -> false);
    if (!limits.isObject()) {
      faults.reject("limits", "/limits", "WRONG_TYPE", "limits must be an object.");
    }
    limits.forEachEntry(
        (name, value) -> {
          Setting setting = Setting.of(name).filter(Setting::hasCeiling).orElse(null);
          if (setting == null) {
            faults.unknown("limits", "/limits", name);
          } else if (!value.isNull()) {
            faults.check(
                name, "/limits/" + name, setting.rule(), value, settled.ceilings().path("none"));
          }
        });
    if (!faults.errors().isEmpty()) {
      throw SettingsPatch.refusal(faults);
    }
    return (ObjectNode) Settled.merged(settled.ceilings(), limits);
  }

  /**
   * Keeps everybody of a tenant out, everywhere within five seconds; everything stays. A second
   * time changes nothing.
   *
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND, STATE_CONFLICT for a tenant to be purged
   */
  public OperatedTenant suspend(Caller caller, UUID id, @Nullable String reason) {
    caller.requireOperator("Suspending a tenant");
    return to(caller, id, TenantStatus.SUSPENDED, reason, Set.of(TenantStatus.ACTIVE));
  }

  /**
   * Lets a tenant's people in again, and takes a deletion back in its days of grace. A second time
   * changes nothing.
   *
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND, STATE_CONFLICT once the purge may have
   *     begun
   */
  public OperatedTenant resume(Caller caller, UUID id, @Nullable String reason) {
    caller.requireOperator("Resuming a tenant");
    return to(
        caller,
        id,
        TenantStatus.ACTIVE,
        reason,
        Set.of(TenantStatus.SUSPENDED, TenantStatus.DELETING));
  }

  /**
   * Keeps everybody out, and purges everything of the tenant after 30 days. A second time changes
   * nothing, the date included.
   *
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND
   */
  public OperatedTenant delete(Caller caller, UUID id, @Nullable String reason) {
    caller.requireOperator("Deleting a tenant");
    return to(
        caller,
        id,
        TenantStatus.DELETING,
        reason,
        Set.of(TenantStatus.ACTIVE, TenantStatus.SUSPENDED));
  }

  /**
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND while the tenant is not purged
   */
  public DeletionCertificate certificate(Caller caller, UUID id) {
    caller.requireOperator("Reading a certificate of deletion");
    return jdbc.sql("select * from deletion_certificate where tenant = :id")
        .param("id", id)
        .query((row, number) -> DeletionCertificate.of(row))
        .optional()
        .orElseThrow(OperatorTenants::unknown);
  }

  private OperatedTenant to(
      Caller caller,
      UUID id,
      TenantStatus wanted,
      @Nullable String reason,
      Set<TenantStatus> from) {
    new Validation()
        .check(
            reason == null || (reason.length() <= LONGEST_REASON && Validation.isKeepable(reason)),
            "reason",
            "TOO_LONG",
            "reason must have at most 1,000 characters.")
        .orThrow();
    return changed(
        id,
        tenant -> {
          if (tenant.status() == wanted) {
            return tenant;
          }
          Instant now = clock.instant();
          Instant purge = tenant.purgeAfter();
          if (!from.contains(tenant.status()) || (purge != null && !purge.isAfter(now))) {
            throw conflict(tenant, from);
          }
          journal.status(
              action(wanted),
              caller.actor(),
              id,
              tenant.status(),
              wanted,
              reason == null ? Map.of() : Map.of("reason", reason));
          remember(caller, id, wanted, now);
          return tenants.save(
              tenant.in(wanted, wanted == TenantStatus.DELETING ? now.plus(GRACE) : null));
        });
  }

  private void remember(Caller caller, UUID id, TenantStatus wanted, Instant now) {
    jdbc.sql("delete from tenant_deletion where tenant = :id").param("id", id).update();
    if (wanted == TenantStatus.DELETING) {
      jdbc.sql("insert into tenant_deletion values (:id, :actor, :now)")
          .param("id", id)
          .param("actor", caller.actor())
          .param("now", DatabaseTimes.at(now))
          .update();
    }
  }

  private static String action(TenantStatus wanted) {
    return switch (wanted) {
      case ACTIVE -> "tenant.resumed";
      case SUSPENDED -> "tenant.suspended";
      case DELETING -> "tenant.deletion.requested";
    };
  }

  private static ProblemException conflict(Tenant tenant, Set<TenantStatus> allowed) {
    List<String> names = new ArrayList<>(allowed.stream().map(Enum::name).sorted().toList());
    return new ProblemException(
        GeneralProblem.STATE_CONFLICT,
        "The tenant is " + tenant.status() + ".",
        Map.of("state", tenant.status().name(), "allowed", names));
  }

  private OperatedTenant changed(UUID id, Function<Tenant, Tenant> change) {
    OperatedTenant after =
        Tenancy.in(
            id,
            () ->
                OperatedTenant.of(
                    Objects.requireNonNull(
                        transaction.execute(
                            status ->
                                change.apply(
                                    tenants.hold(id).orElseThrow(OperatorTenants::unknown))))));
    inForce.forget(id);
    known.forget(id);
    return after;
  }

  private static boolean isName(@Nullable String text) {
    return text != null && Validation.isText(text) && text.length() <= 200;
  }

  private static ProblemException unknown() {
    return new ProblemException(GeneralProblem.NOT_FOUND, "There is no tenant with this id.");
  }
}
