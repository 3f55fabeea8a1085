package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.access.Caller;
import io.dorsal.access.CallersForTests;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.Scope;
import io.dorsal.access.TenantRole;
import io.dorsal.jobs.Migration;
import io.dorsal.local.ClockForTests;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.operations.Notice;
import io.dorsal.operations.Notices;
import io.dorsal.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Secrets come to their end while two instances look at a clock that the test moves. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class ExpiryIntegrationTests {

  private static final Instant START = Instant.parse("2027-03-01T06:00:00Z");
  private static Instant now = START;

  private static ConfigurableApplicationContext one;
  private static ConfigurableApplicationContext two;

  private final Caller admin = Caller.of(UUID.randomUUID(), "ann", TenantRole.TENANT_ADMIN);

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
  void back() {
    set(START);
    one.getBean(JdbcTemplate.class).execute("delete from notice");
    one.getBean(JdbcTemplate.class).execute("update connection set deleted_at = created_at");
  }

  private Connection connected(Duration left) {
    String token = "ss=b&srt=sco&sp=rl&se=" + now.plus(left) + "&sig=abc";
    return one.getBean(ConnectionChanges.class)
        .create(
            admin,
            new ConnectionRequest(
                "Whales",
                "AZURE_BLOB",
                "whales",
                "http://127.0.0.1:1/whales",
                "SAS_TOKEN",
                token,
                List.of()));
  }

  private static List<String> titles(Caller caller) {
    return one.getBean(Notices.class).open(caller).stream().map(Notice::title).toList();
  }

  /** Both instances do the same at the same moment. */
  private static int together(java.util.function.ToIntFunction<ExpiryWatch> work) throws Exception {
    List<Callable<Integer>> both = new ArrayList<>();
    for (var context : List.of(one, two)) {
      both.add(() -> work.applyAsInt(context.getBean(ExpiryWatch.class)));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int sum = 0;
      for (var done : threads.invokeAll(both)) {
        sum += done.get();
      }
      return sum;
    }
  }

  /** Scenario 7: the 30-, 7- and 1-day notices, once each, on 30 days in a row. */
  @Test
  void threeNoticesAreSentOnceEach() throws Exception {
    connected(Duration.ofDays(29).plusHours(2));
    List<Integer> sent = new ArrayList<>();
    for (int day = 0; day < 30; day++) {
      set(START.plus(Duration.ofDays(day)));
      sent.add(together(ExpiryWatch::sendNotices));
    }
    assertThat(sent.stream().mapToInt(Integer::intValue).sum()).isEqualTo(3);
    assertThat(sent.get(0)).isEqualTo(1);
    assertThat(sent.get(23)).as("6 days and 2 hours are left").isEqualTo(1);
    assertThat(sent.get(29)).as("2 hours are left").isEqualTo(1);
    assertThat(titles(admin))
        .containsExactly(
            "The secret of Whales ends within 1 day",
            "The secret of Whales ends within 7 days",
            "The secret of Whales ends within 30 days");
  }

  /** Scenario 7: a new secret stops them, and clears what is open. */
  @Test
  void aNewSecretStopsThem() throws Exception {
    Connection made = connected(Duration.ofDays(29));
    together(ExpiryWatch::sendNotices);
    assertThat(titles(admin)).hasSize(1);
    one.getBean(ConnectionChanges.class)
        .replaceSecret(
            admin,
            made.id(),
            Objects.requireNonNull(made.version()),
            "ss=b&srt=sco&sp=rl&se=" + now.plus(Duration.ofDays(300)) + "&sig=abc");
    assertThat(titles(admin)).isEmpty();
    for (int day = 0; day < 30; day++) {
      set(START.plus(Duration.ofDays(day)));
      assertThat(together(ExpiryWatch::sendNotices)).isZero();
    }
  }

  @Test
  void aLateTokenSendsOnlyTheTightest() throws Exception {
    connected(Duration.ofDays(5));
    assertThat(together(ExpiryWatch::sendNotices)).isEqualTo(1);
    assertThat(titles(admin)).containsExactly("The secret of Whales ends within 7 days");
  }

  @Test
  void administratorsAndTheCreatorAreToldAndReadOnTheirOwn() throws Exception {
    connected(Duration.ofDays(5));
    together(ExpiryWatch::sendNotices);
    var notices = one.getBean(Notices.class);
    var other = Caller.of(admin.tenantId(), "bob", TenantRole.TENANT_ADMIN);
    var creatorOnly =
        Caller.of(admin.tenantId(), "ann", TenantRole.MEMBER)
            .with(UUID.randomUUID(), PopulationRole.VIEWER);
    var viewer =
        Caller.of(admin.tenantId(), "eve", TenantRole.MEMBER)
            .with(UUID.randomUUID(), PopulationRole.ADMINISTRATOR);
    var stranger = Caller.of(UUID.randomUUID(), "ann", TenantRole.TENANT_ADMIN);

    assertThat(titles(creatorOnly)).hasSize(1);
    assertThat(titles(viewer)).isEmpty();
    assertThat(titles(stranger)).isEmpty();
    Notice notice = notices.open(other).getFirst();
    assertThatThrownBy(() -> notices.read(stranger, notice.id()))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> notices.read(viewer, notice.id()))
        .isInstanceOf(ProblemException.class);
    notices.read(other, notice.id());
    notices.read(other, notice.id());
    assertThat(notices.open(other).getFirst().readAt()).isEqualTo(now);
    assertThat(notices.open(admin).getFirst().readAt()).isNull();
  }

  @Test
  void atItsEndAConnectionIsExpiredOnceAndSaysSo() throws Exception {
    Connection made = connected(Duration.ofHours(1));
    assertThat(together(ExpiryWatch::expireDue)).isZero();
    set(START.plus(Duration.ofHours(1)));
    assertThat(together(ExpiryWatch::expireDue)).isEqualTo(1);
    Connection expired = one.getBean(Connections.class).get(admin, made.id());
    assertThat(expired.status()).isEqualTo(ConnectionStatus.EXPIRED);
    assertThat(expired.scannable()).isFalse();
    assertThat(Objects.requireNonNull(expired.finding()).code()).isEqualTo("SAS_EXPIRED");
    assertThat(
            one.getBean(JdbcTemplate.class)
                .queryForObject(
                    "select count(*) from event where name = 'connection.expired'"
                        + " and subject_id = ?",
                    Long.class,
                    made.id()))
        .isEqualTo(1);
  }

  /** Section 1.5: where work meets the end before the calendar does, the connection broke. */
  @Test
  void aTokenThatEndsAtWorkBreaksItsConnectionOnce() throws Exception {
    Connection made = connected(Duration.ofHours(1));
    var doctor = one.getBean(Doctor.class);
    var transaction = new TransactionTemplate(one.getBean(PlatformTransactionManager.class));
    for (int i = 0; i < 2; i++) {
      transaction.executeWithoutResult(
          status ->
              doctor.broke(
                  admin.tenantId(),
                  made.id(),
                  ConnectionProblem.SAS_EXPIRED,
                  "Storage refused the read."));
    }
    set(START.plus(Duration.ofHours(2)));
    assertThat(together(ExpiryWatch::expireDue)).isZero();
    assertThat(
            one.getBean(JdbcTemplate.class)
                .queryForList(
                    "select name || ' ' || to_state from event where subject_id = ? order by id",
                    String.class,
                    made.id()))
        .endsWith("connection.broken EXPIRED")
        .doesNotContain("connection.expired EXPIRED");
  }

  @Test
  void theCalendarShowsWhatEndsByDate() {
    Connection made = connected(Duration.ofDays(20));
    var calendar = one.getBean(ExpiryCalendar.class);
    assertThat(calendar.entries(admin, 19)).isEmpty();
    var entry = calendar.entries(admin, 90).getFirst();
    assertThat(entry.connectionId()).isEqualTo(made.id());
    assertThat(entry.band()).isEqualTo(ExpiryBand.THIRTY_DAYS);
    assertThat(entry.daysLeft()).isEqualTo(20);
    assertThat(entry.affected()).isEqualTo(ConnectionUse.Uses.NONE);
    assertThatThrownBy(() -> calendar.entries(admin, 0)).isInstanceOf(ProblemException.class);
    var viewer =
        Caller.of(admin.tenantId(), "eve", TenantRole.MEMBER)
            .with(UUID.randomUUID(), PopulationRole.VIEWER);
    assertThatThrownBy(() -> calendar.entries(viewer, 90)).isInstanceOf(ProblemException.class);
  }

  @Test
  void aFeedsTokenIsItsOwnersUntilTheNextOne() {
    var feeds = one.getBean(CalendarFeeds.class);
    Caller ann = user();
    String first = feeds.issue(ann);
    assertOwner(feeds.callerOf(first), ann);
    String second = feeds.issue(ann);
    assertThatThrownBy(() -> feeds.callerOf(first)).isInstanceOf(ProblemException.class);
    assertOwner(feeds.callerOf(second), ann);
    feeds.revoke(ann);
    assertThatThrownBy(() -> feeds.callerOf(second)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> feeds.callerOf(null)).isInstanceOf(ProblemException.class);
    // A key of the tenant is nobody whom a calendar could follow.
    assertThatThrownBy(() -> feeds.issue(admin)).hasMessageContaining("needs a user");
  }

  private static void assertOwner(Caller caller, Caller owner) {
    assertThat(caller.tenantId()).isEqualTo(owner.tenantId());
    assertThat(caller.userId()).isEqualTo(owner.userId());
    assertThat(caller.role()).isEqualTo(owner.role());
    assertThat(caller.scopes()).containsExactly(Scope.ONBOARDING_READ);
  }

  /** A user of a tenant, who administers it. */
  private static Caller user() {
    UUID tenant = UUID.randomUUID();
    UUID id = UUID.randomUUID();
    var jdbc = one.getBean(JdbcTemplate.class);
    jdbc.update("insert into tenant (id, name, display_name) values (?, ?, 'T')", tenant, "t" + id);
    jdbc.update("insert into users (tenant_id, id, status) values (?, ?, 'ACTIVE')", tenant, id);
    jdbc.update("insert into tenant_grant values (?, ?, 'TENANT_ADMIN', 'SYSTEM')", tenant, id);
    return CallersForTests.user(tenant, id, TenantRole.TENANT_ADMIN);
  }
}
