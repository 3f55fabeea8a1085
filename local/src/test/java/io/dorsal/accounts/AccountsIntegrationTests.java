package io.dorsal.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.access.AccessProblem;
import io.dorsal.access.Caller;
import io.dorsal.access.Identity;
import io.dorsal.access.Scope;
import io.dorsal.access.Standings;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
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
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** People of a tenant while two instances look at a clock that the test moves. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class AccountsIntegrationTests {

  private static final Instant START = Instant.parse("2027-03-01T06:00:00Z");
  private static Instant now = START;

  private static ConfigurableApplicationContext one;
  private static ConfigurableApplicationContext two;

  private final UUID tenant = UUID.randomUUID();
  private final Caller admin = Caller.of(tenant, "an-admin", TenantRole.TENANT_ADMIN);

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    one = RoomsForTests.on(database, ClockForTests.class);
    two = RoomsForTests.on(database, ClockForTests.class);
  }

  private static void set(Instant instant) {
    now = instant;
    one.getBean(ClockForTests.Hand.class).set(instant);
    two.getBean(ClockForTests.Hand.class).set(instant);
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
  }

  @BeforeEach
  void tenant() {
    set(START);
    Tenancy.run(tenant, () -> one.getBean(Tenants.class).create(tenant, "t-" + tenant, "A tenant"));
  }

  private Identity identity(String subject) {
    return new Identity(
        "https://id.example/",
        subject,
        tenant,
        subject + "@x.example",
        true,
        subject,
        null,
        null,
        "dorsal-cli",
        List.of(),
        "a-service",
        now);
  }

  private static Caller in(ConfigurableApplicationContext instance, Identity identity) {
    return instance.getBean(Standings.class).signedIn(identity);
  }

  private User user(UUID id) {
    return Tenancy.in(tenant, () -> one.getBean(UserRows.class).find(tenant, id).orElseThrow());
  }

  private static UUID id(Caller caller) {
    return Objects.requireNonNull(caller.userId());
  }

  @Test
  void callerIsTheUserAndWhoActsForIt() {
    Caller ann = in(one, identity("ann"));
    assertThat(ann.actor()).isEqualTo(id(ann).toString());
    assertThat(ann.serviceAccount()).isEqualTo("a-service");
    assertThat(ann.scopes()).isEqualTo(Scope.all());
    Caller byKey = one.getBean(Standings.class).of(tenant, id(ann), Set.of(Scope.FILES_READ));
    assertThat(byKey.userId()).isEqualTo(ann.userId());
    assertThat(byKey.scopes()).containsExactly(Scope.FILES_READ);
  }

  // 40-15, the part of roles
  @Test
  void changesActAtOnceWhereTheyAreMadeAndWithinSecondsElsewhere() {
    Identity ann = identity("ann");
    UUID id = id(in(one, ann));
    in(two, ann);
    Tenancy.in(tenant, () -> one.getBean(Users.class).grant(admin, id, 0, List.of("AUDITOR")));
    assertThat(in(one, ann).role()).isEqualTo(TenantRole.AUDITOR);
    assertThat(in(two, ann).role()).isEqualTo(TenantRole.MEMBER);
    set(now.plusSeconds(3));
    assertThat(in(two, ann).role()).isEqualTo(TenantRole.AUDITOR);

    Tenancy.in(tenant, () -> one.getBean(Users.class).deactivate(admin, id, null));
    assertThat(refusal(() -> in(one, ann))).isEqualTo(AccessProblem.AUTHZ_USER_SUSPENDED);
    set(now.plusSeconds(3));
    assertThat(refusal(() -> in(two, ann))).isEqualTo(AccessProblem.AUTHZ_USER_SUSPENDED);
    assertThat(refusal(() -> two.getBean(Standings.class).of(tenant, id, Set.of())))
        .isEqualTo(AccessProblem.AUTHZ_USER_SUSPENDED);
  }

  private static Object refusal(Runnable call) {
    return Objects.requireNonNull(catchThrowableOfType(ProblemException.class, call::run))
        .problem();
  }

  @Test
  void whoDoesNotComeForLongIsInactiveAndStillLetIn() {
    UUID id = id(in(one, identity("ann")));
    set(START.plus(Duration.ofDays(179)));
    UUID newer = id(in(one, identity("bob")));
    one.getBean(UserSweeps.class).markInactive();
    assertThat(status(id)).isEqualTo(UserStatus.ACTIVE);
    set(START.plus(Duration.ofDays(180)).plusSeconds(1));
    one.getBean(UserSweeps.class).markInactive();
    assertThat(status(id)).isEqualTo(UserStatus.INACTIVE);
    assertThat(status(newer)).isEqualTo(UserStatus.ACTIVE);
    in(one, identity("ann"));
    assertThat(status(id)).isEqualTo(UserStatus.ACTIVE);
  }

  @Test
  void tenantSaysHowLongThatIs() {
    one.getBean(JdbcTemplate.class)
        .update("update tenant set settings = '{\"inactivity_days\": 7}' where id = ?", tenant);
    UUID id = id(in(one, identity("ann")));
    set(START.plus(Duration.ofDays(8)));
    one.getBean(UserSweeps.class).markInactive();
    assertThat(status(id)).isEqualTo(UserStatus.INACTIVE);
  }

  private UserStatus status(UUID id) {
    return user(id).standing().status();
  }

  @Test
  void deletedPeopleAreErasedAfterThirtyDaysAndMayComeBackUntilThen() {
    UUID id = id(in(one, identity("ann")));
    Users users = one.getBean(Users.class);
    Tenancy.run(
        tenant,
        () -> {
          users.grant(admin, id, 0, List.of("AUDITOR"));
          users.deactivate(admin, id, "left");
          users.delete(admin, id, 2);
        });
    JdbcTemplate jdbc = one.getBean(JdbcTemplate.class);
    jdbc.update("insert into calendar_feed values (?, ?, 'a hash', now())", tenant, id);
    set(START.plus(Duration.ofDays(30)));
    one.getBean(UserSweeps.class).erase();
    assertThat(user(id).profile().email()).isEqualTo("ann@x.example");

    set(START.plus(Duration.ofDays(30)).plusSeconds(1));
    assertThat(one.getBean(UserSweeps.class).erase()).isEqualTo(1);
    User left = user(id);
    assertThat(left.account()).isNull();
    assertThat(left.profile()).isEqualTo(User.Profile.ERASED);
    assertThat(left.standing().reason()).isNull();
    assertThat(left.shownName()).isEqualTo("former member");
    assertThat(jdbc.queryForList("select 1 from calendar_feed where user_id = ?", id)).isEmpty();
    Users.Member member = Tenancy.in(tenant, () -> users.get(admin, id));
    assertThat(member.held()).isEmpty();
    assertThat(refusal(() -> Tenancy.in(tenant, () -> users.activate(admin, id, null))))
        .isEqualTo(GeneralProblem.STATE_CONFLICT);
    // Whoever signs in with that account now is somebody new.
    assertThat(id(in(one, identity("ann")))).isNotEqualTo(id);
  }

  @Test
  void operatorIsNoMemberOfTheTenantHeNames() {
    one.getBean(Operators.class).appoint("https://id.example", "olga");
    one.getBean(Operators.class).appoint("https://id.example", "olga");
    Caller olga = in(one, identity("olga"));
    assertThat(olga.operator()).isTrue();
    assertThat(olga.userId()).isNull();
    assertThat(olga.role()).isEqualTo(TenantRole.MEMBER);
  }

  @Test
  void firstAdministratorIsAppointedByAddress() {
    Users.Member appointed =
        Tenancy.in(
            tenant,
            () -> one.getBean(Users.class).appoint(tenant, "ann@x.example", "Ann", "an-operator"));
    assertThat(appointed.role()).isEqualTo(TenantRole.TENANT_ADMIN);
    assertThat(appointed.user().standing().status()).isEqualTo(UserStatus.PENDING);
    Caller ann = in(one, identity("ann"));
    assertThat(ann.userId()).isEqualTo(appointed.user().id());
    assertThat(ann.role()).isEqualTo(TenantRole.TENANT_ADMIN);
  }
}
