package io.dorsal.accounts;

import io.dorsal.access.AccessProblem;
import io.dorsal.access.Caller;
import io.dorsal.access.KnownPopulations;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Which groups of the identity provider stand for which role. Thread-safe. */
@Component
public class RoleMappings {

  private static final int MOST = 500;

  private final JdbcClient jdbc;
  private final Tenants tenants;
  private final Grants grants;
  private final KnownPopulations populations;
  private final KnownCallers known;
  private final AccountJournal journal;
  private final TransactionTemplate transaction;

  RoleMappings(
      JdbcClient jdbc,
      Tenants tenants,
      Grants grants,
      KnownPopulations populations,
      KnownCallers known,
      AccountJournal journal,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.tenants = tenants;
    this.grants = grants;
    this.populations = populations;
    this.known = known;
    this.journal = journal;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * One group's role.
   *
   * @param group the provider's id or name of it
   * @param populationId null for a role in the tenant
   */
  public record Mapping(String group, String role, @Nullable UUID populationId) {}

  /** All of a tenant's, with a version that tells two lists apart. */
  public record Mappings(List<Mapping> all) {

    public int version() {
      return Math.floorMod(all.hashCode(), 1_000_000_000);
    }
  }

  /**
   * @throws ProblemException PERMISSION_DENIED
   */
  public Mappings get(Caller caller) {
    caller.require(TenantRole.TENANT_ADMIN, "Reading role mappings");
    return of(caller.tenantId());
  }

  /**
   * Replaces them all; who is in the groups has the roles from the next call on. A role in a
   * population is newly given by who holds it there only, as in the population itself.
   *
   * @param expectedVersion the version the caller has seen
   * @throws ProblemException PERMISSION_DENIED, STALE_VERSION, VALIDATION_FAILED,
   *     LAST_ADMINISTRATOR
   */
  public Mappings replace(Caller caller, int expectedVersion, @Nullable List<Mapping> wanted) {
    caller.require(TenantRole.TENANT_ADMIN, "Mapping groups to roles");
    List<Mapping> all = valid(wanted);
    UUID tenant = caller.tenantId();
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              tenants.lock(tenant);
              Mappings before = of(tenant);
              if (before.version() != expectedVersion) {
                throw new ProblemException(
                    GeneralProblem.STALE_VERSION, "The mappings changed since you loaded them.");
              }
              requireKnown(tenant, before, all);
              requireHeld(caller, before, all);
              boolean administered = grants.administered(tenant);
              write(tenant, all);
              if (administered && !grants.administered(tenant)) {
                throw new ProblemException(
                    AccessProblem.LAST_ADMINISTRATOR,
                    "The tenant would have no administrator left.");
              }
              journal.tenant(
                  "role_mappings.changed",
                  caller.actor(),
                  tenant,
                  Map.of("role_mappings", before.all()),
                  Map.of("role_mappings", all));
              known.forget(tenant);
              return of(tenant);
            }));
  }

  private Mappings of(UUID tenantId) {
    return new Mappings(
        jdbc.sql(
                """
                select group_name, role, population_id from role_mapping
                where tenant_id = :tenant order by 1, 3 nulls first, 2
                """)
            .param("tenant", tenantId)
            .query(
                (row, number) ->
                    new Mapping(
                        row.getString("group_name"),
                        row.getString("role"),
                        row.getObject("population_id", UUID.class)))
            .list());
  }

  private void write(UUID tenantId, List<Mapping> wanted) {
    jdbc.sql("delete from role_mapping where tenant_id = :tenant")
        .param("tenant", tenantId)
        .update();
    for (Mapping mapping : wanted) {
      jdbc.sql(
              """
              insert into role_mapping (tenant_id, group_name, role, population_id)
              values (:tenant, :group, :role, :population) on conflict do nothing
              """)
          .param("tenant", tenantId)
          .param("group", mapping.group())
          .param("role", mapping.role())
          .param("population", mapping.populationId())
          .update();
    }
  }

  /** Of what is new in the list; what stands there may name what is archived since. */
  private void requireKnown(UUID tenantId, Mappings before, List<Mapping> wanted) {
    Set<UUID> known =
        before.all().stream()
            .map(Mapping::populationId)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    var validation = new Validation();
    for (int i = 0; i < wanted.size(); i++) {
      UUID population = wanted.get(i).populationId();
      if (population != null
          && !known.contains(population)
          && !populations.has(tenantId, population)) {
        validation.rejectAt(
            "/role_mappings/" + i + "/population_id",
            "POPULATION_UNKNOWN",
            "population_id must be an active population of the tenant.");
      }
    }
    validation.orThrow();
  }

  /** An administrator of the tenant, too, adds themself to the population first, for all to see. */
  private static void requireHeld(Caller caller, Mappings before, List<Mapping> wanted) {
    for (Mapping each : wanted) {
      UUID population = each.populationId();
      if (population != null && !before.all().contains(each)) {
        WantedRoles.requireHeld(caller, population, PopulationRole.valueOf(each.role()));
      }
    }
  }

  private static List<Mapping> valid(@Nullable List<Mapping> given) {
    List<Mapping> wanted = given == null ? List.of() : given;
    var validation =
        new Validation()
            .check(given != null, "role_mappings", "REQUIRED", "role_mappings is required.")
            .check(
                wanted.size() <= MOST,
                "role_mappings",
                "TOO_MANY",
                "There are at most " + MOST + " mappings.");
    for (Mapping each : wanted) {
      validation
          .check(
              Validation.isText(each.group()) && each.group().length() <= 255,
              "role_mappings",
              "INVALID",
              "group has 1 to 255 characters.")
          .check(
              offered(each).toList().contains(each.role()),
              "role_mappings",
              "INVALID",
              "role must be one of " + offered(each).toList() + ".");
    }
    validation.orThrow();
    return wanted;
  }

  /** What a group may stand for; MEMBER is everybody and OPERATOR is no tenant's to give. */
  private static Stream<String> offered(Mapping mapping) {
    return mapping.populationId() == null
        ? Stream.of(TenantRole.AUDITOR.name(), TenantRole.TENANT_ADMIN.name())
        : Arrays.stream(PopulationRole.values()).map(Enum::name);
  }
}
