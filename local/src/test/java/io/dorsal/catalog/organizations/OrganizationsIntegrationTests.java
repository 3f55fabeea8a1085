package io.dorsal.catalog.organizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.access.Caller;
import io.dorsal.access.Identity;
import io.dorsal.access.OrganizationRole;
import io.dorsal.access.Scope;
import io.dorsal.access.Standings;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.accounts.UserSweeps;
import io.dorsal.accounts.Users;
import io.dorsal.jobs.Migration;
import io.dorsal.local.ClockForTests;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The room's door for rooms that name organizations, and what stands behind HTTP. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class OrganizationsIntegrationTests {

  private static final Instant START = Instant.parse("2027-03-01T06:00:00Z");

  /** A tenant of before there were organizations. */
  private static final UUID OLD = UUID.randomUUID();

  private static ConfigurableApplicationContext rooms;
  private static Organizations organizations;

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    before(database);
    try (var pool = ServersForTests.Postgres.pool(database)) {
      new JdbcTemplate(pool)
          .update("insert into dorsal.tenant (id, name, display_name) values (?, 'old', 'O')", OLD);
    }
    Migration.run(database);
    rooms = RoomsForTests.on(database, ClockForTests.class);
    rooms.getBean(ClockForTests.Hand.class).set(START);
    organizations = rooms.getBean(Organizations.class);
  }

  /** Migrates to where organizations do not exist yet. */
  private static void before(Map<String, String> database) {
    Flyway.configure()
        .dataSource(
            database.get("DORSAL_DATABASE_URL"),
            database.get("DORSAL_MIGRATE_DATABASE_USER"),
            database.get("DORSAL_MIGRATE_DATABASE_PASSWORD"))
        .defaultSchema("dorsal")
        .createSchemas(true)
        .locations("classpath:db/migration")
        .target("202611292150")
        .load()
        .migrate();
  }

  @AfterAll
  static void stop() {
    rooms.close();
  }

  private static Caller user(String subject) {
    return rooms
        .getBean(Standings.class)
        .signedIn(
            new Identity(
                "https://id.example/",
                subject,
                OLD,
                subject + "@x.example",
                true,
                subject,
                null,
                null,
                "dorsal-cli",
                List.of(),
                null,
                START));
  }

  private static Organization made(Caller caller, String name) {
    var wanted = new OrganizationWanted(name, null, null, null, null);
    return Tenancy.in(OLD, () -> organizations.create(caller, wanted));
  }

  private static List<Organization> selectable(UUID... ids) {
    return Tenancy.in(OLD, () -> organizations.selectable(OLD, List.of(ids)));
  }

  private static ProblemException refusal(Runnable call) {
    return Objects.requireNonNull(catchThrowableOfType(ProblemException.class, call::run));
  }

  private static Organization system() {
    return Tenancy.in(
            OLD,
            () ->
                organizations.page(
                    user("ann"), new Organizations.Filter(null, "public"), null, 500))
        .stream()
        .filter(Organization::isSystem)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tenantsOfBeforeHavePublicToo() {
    assertThat(system().profile().name()).isEqualTo(Organization.PUBLIC);
  }

  @Test
  void publicIsNeverSelectable() {
    Organization one = made(user("ann"), "One");
    Organization two = made(user("ann"), "Two");
    assertThat(selectable(one.id(), two.id(), one.id())).containsExactlyInAnyOrder(one, two);
    assertThat(selectable()).isEmpty();
    ProblemException refused = refusal(() -> selectable(one.id(), system().id()));
    assertThat(refused.problem()).isEqualTo(OrganizationProblem.ORGANIZATION_NOT_SELECTABLE);
    assertThat(refused.problem().status()).isEqualTo(400);
    assertThat(refused.details()).containsEntry("organization_id", system().id());
    assertThat(refusal(() -> selectable(one.id(), UUID.randomUUID())).problem())
        .isEqualTo(GeneralProblem.NOT_FOUND);
  }

  @Test
  void onlyAUserMakesOne() {
    Caller service = Caller.of(OLD, "a-key", TenantRole.TENANT_ADMIN);
    assertThat(refusal(() -> made(service, "Nobody's")).problem())
        .isEqualTo(GeneralProblem.STATE_CONFLICT);
  }

  @Test
  void permitsAreKept() {
    var permit =
        new OrganizationWanted.PermitWanted("26-1", "Ministry", "2026-01-01", "2026-12-31");
    var wanted = new OrganizationWanted("Permitted", null, null, null, List.of(permit));
    Organization made = Tenancy.in(OLD, () -> organizations.create(user("ann"), wanted));
    Organization kept = Tenancy.in(OLD, () -> organizations.get(user("ann"), made.id()));
    assertThat(kept).isEqualTo(made);
    assertThat(kept.permitsOn(java.time.LocalDate.of(2026, 12, 31))).hasSize(1);
  }

  @Test
  void erasedPeopleAreNoMembersAnyMore() {
    Caller eve = user("eve");
    UUID id = Objects.requireNonNull(eve.userId());
    Organization made = made(eve, "Eve's");
    Caller now = rooms.getBean(Standings.class).of(OLD, id, Scope.all());
    assertThat(now.organizations()).containsEntry(made.id(), OrganizationRole.ADMINISTRATOR);
    Caller admin = Caller.of(OLD, "an-admin", TenantRole.TENANT_ADMIN);
    Users users = rooms.getBean(Users.class);
    Tenancy.run(
        OLD,
        () -> {
          users.deactivate(admin, id, null);
          users.delete(admin, id, 1);
        });
    rooms.getBean(ClockForTests.Hand.class).set(START.plus(Duration.ofDays(30)).plusSeconds(1));
    rooms.getBean(UserSweeps.class).erase();
    rooms.getBean(ClockForTests.Hand.class).set(START);
    assertThat(
            rooms
                .getBean(JdbcTemplate.class)
                .queryForList("select 1 from organization_member where user_id = ?", id))
        .isEmpty();
  }
}
