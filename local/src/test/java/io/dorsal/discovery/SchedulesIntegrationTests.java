package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.access.Caller;
import io.dorsal.access.TenantRole;
import io.dorsal.connections.ConnectionsForTests;
import io.dorsal.jobs.Migration;
import io.dorsal.local.ClockForTests;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.Problem;
import io.dorsal.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Schedules on two hosts that share a database; the clock is the test's. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class SchedulesIntegrationTests {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private static ConfigurableApplicationContext rooms;
  private static ConfigurableApplicationContext secondHost;

  private final Caller admin = Caller.of(UUID.randomUUID(), "ann", TenantRole.TENANT_ADMIN);

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    rooms = RoomsForTests.on(database, ClockForTests.class);
    secondHost = RoomsForTests.on(database, ClockForTests.class);
  }

  @AfterAll
  static void stop() {
    rooms.close();
    secondHost.close();
  }

  @BeforeEach
  void noon() {
    jdbc().sql("delete from source_schedule").update();
    at(NOON);
  }

  @Test
  void aDueScheduleStartsItsScanOnceThoughTwoHostsFire() throws Exception {
    List<RegisteredSource> sources = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      RegisteredSource source = registered();
      set(source, "30 12 * * *", "UTC");
      sources.add(source);
    }
    at(NOON.plus(Duration.ofMinutes(29)));
    assertThat(fires(rooms).fireDue()).isZero();
    at(NOON.plus(Duration.ofMinutes(30)));

    try (var hosts = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> first = () -> fires(rooms).fireDue();
      Callable<Integer> second = () -> fires(secondHost).fireDue();
      int fired = 0;
      for (Future<Integer> host : hosts.invokeAll(List.of(first, second, first, second))) {
        fired += host.get();
      }
      assertThat(fired).isEqualTo(20);
    }
    for (RegisteredSource source : sources) {
      var run = runs(source);
      assertThat(run).hasSize(1);
      assertThat(run.getFirst().outcome()).isEqualTo(ScheduleRun.Outcome.STARTED);
      assertThat(run.getFirst().missed()).isZero();
      Scan scan = scans().get(admin, scanOf(run.getFirst())).scan();
      assertThat(scan.triggerKind()).isEqualTo(ScanTrigger.SCHEDULE);
      assertThat(scan.sourceId()).isEqualTo(source.id());
      assertThat(next(source)).isEqualTo(Instant.parse("2026-11-21T12:30:00Z"));
    }
  }

  /** Acceptance scenario 17. */
  @Test
  void everyFiveMinutesIsRefusedAndAFireDuringAScanIsSkipped() {
    RegisteredSource source = registered();
    refuses(DiscoveryProblem.SCHEDULE_TOO_FREQUENT, () -> set(source, "*/5 * * * *", "UTC"));
    set(source, "0 * * * *", "UTC");
    Scan active =
        scans()
            .request(admin, new ScanRequest(source.id(), null, null, null, null, null, null, null));

    at(NOON.plus(Duration.ofHours(1)));
    fires(rooms).fireDue();

    assertThat(runs(source))
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.outcome()).isEqualTo(ScheduleRun.Outcome.SKIPPED_RUNNING);
              assertThat(run.scanId()).isEqualTo(active.id());
            });
    scans().cancel(admin, active.id());
    at(NOON.plus(Duration.ofHours(2)));
    fires(rooms).fireDue();
    assertThat(runs(source))
        .extracting(ScheduleRun::outcome)
        .containsExactly(ScheduleRun.Outcome.STARTED, ScheduleRun.Outcome.SKIPPED_RUNNING);
  }

  @Test
  void aPausedSourceAndABrokenConnectionAreRecorded() {
    RegisteredSource paused = registered();
    set(paused, "0 * * * *", "UTC");
    sources()
        .change(
            admin,
            paused.id(),
            0,
            JsonMapper.shared().readValue("{\"state\": \"PAUSED\"}", SourceChange.class));
    RegisteredSource broken = registered();
    set(broken, "0 * * * *", "UTC");
    jdbc()
        .sql("update connection set can_list = 'FAIL' where id = ?")
        .param(broken.connectionId())
        .update();

    at(NOON.plus(Duration.ofHours(1)));
    fires(rooms).fireDue();

    assertThat(runs(paused))
        .extracting(ScheduleRun::outcome)
        .containsExactly(ScheduleRun.Outcome.SKIPPED_PAUSED);
    assertThat(runs(broken))
        .extracting(ScheduleRun::outcome)
        .containsExactly(ScheduleRun.Outcome.SKIPPED_AUTH);
  }

  @Test
  void firesMissedWhileNobodyLookedCollapseIntoOne() {
    RegisteredSource source = registered();
    set(source, "0 3 * * *", "Europe/Berlin");
    at(NOON.plus(Duration.ofDays(5)));
    fires(rooms).fireDue();
    assertThat(runs(source))
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.outcome()).isEqualTo(ScheduleRun.Outcome.STARTED);
              assertThat(run.dueAt()).isEqualTo(Instant.parse("2026-11-21T02:00:00Z"));
              assertThat(run.missed()).isEqualTo(4);
            });
    assertThat(next(source)).isEqualTo(Instant.parse("2026-11-26T02:00:00Z"));
  }

  @Test
  void aScheduleThatIsOffFiresNeverAndMakesUpForNothing() {
    RegisteredSource source = registered();
    var off = new ScheduleRequest("0 * * * *", null, "FULL", false);
    assertThat(schedules().set(admin, source.id(), off).nextFireAt()).isNull();
    at(NOON.plus(Duration.ofHours(3)));
    fires(rooms).fireDue();
    var on = new ScheduleRequest("0 * * * *", null, "FULL", true);
    SourceSchedule set = schedules().set(admin, source.id(), on);
    assertThat(set.nextFireAt()).isEqualTo(NOON.plus(Duration.ofHours(4)));
    assertThat(set.timeZone()).isEqualTo("Europe/Berlin");
    fires(rooms).fireDue();
    assertThat(runs(source)).isEmpty();
    schedules().remove(admin, source.id());
    refuses(GeneralProblem.NOT_FOUND, () -> schedules().get(admin, source.id()));
  }

  @Test
  void aRemovedSourceHasNoScheduleAndAnotherTenantSeesNone() {
    RegisteredSource source = registered();
    set(source, "0 * * * *", "UTC");
    var stranger = Caller.of(UUID.randomUUID(), "eve", TenantRole.TENANT_ADMIN);
    refuses(GeneralProblem.NOT_FOUND, () -> schedules().get(stranger, source.id()));
    refuses(GeneralProblem.NOT_FOUND, () -> schedules().runs(stranger, source.id(), null, 10));
    refuses(GeneralProblem.NOT_FOUND, () -> schedules().remove(stranger, source.id()));
    sources().remove(admin, source.id(), 0);
    at(NOON.plus(Duration.ofHours(1)));
    fires(rooms).fireDue();
    assertThat(runs(source)).isEmpty();
    refuses(GeneralProblem.NOT_FOUND, () -> set(source, "0 * * * *", "UTC"));
  }

  @Test
  void wrongMembersAreNamedTogether() {
    RegisteredSource source = registered();
    var wrong = new ScheduleRequest("0 3 31 2 *", "+01:00", "LATER", null);
    ProblemException refusal =
        refuses(GeneralProblem.VALIDATION_FAILED, () -> schedules().set(admin, source.id(), wrong));
    assertThat(String.valueOf(refusal.details().get("fields")))
        .contains("cron", "time_zone", "mode");
  }

  private RegisteredSource registered() {
    var connection =
        rooms
            .getBean(JdbcAggregateTemplate.class)
            .insert(
                ConnectionsForTests.unsaved(
                    admin.tenantId(), "http://127.0.0.1/source", List.of()));
    return sources()
        .register(
            admin,
            new SourceRequest(connection.id(), "n", "photos", "", "Europe/Berlin", null, null))
        .source();
  }

  private void set(RegisteredSource source, String cron, @Nullable String zone) {
    schedules().set(admin, source.id(), new ScheduleRequest(cron, zone, null, null));
  }

  private List<ScheduleRun> runs(RegisteredSource source) {
    return schedules().runs(admin, source.id(), null, 100).items();
  }

  private @Nullable Instant next(RegisteredSource source) {
    return schedules().get(admin, source.id()).nextFireAt();
  }

  private static UUID scanOf(ScheduleRun run) {
    UUID scan = run.scanId();
    assertThat(scan).isNotNull();
    return scan == null ? new UUID(0, 0) : scan;
  }

  private static void at(Instant now) {
    for (var host : List.of(rooms, secondHost)) {
      host.getBean(ClockForTests.Hand.class).set(now);
    }
  }

  private static ScheduleFires fires(ConfigurableApplicationContext host) {
    return host.getBean(ScheduleFires.class);
  }

  private static JdbcClient jdbc() {
    return rooms.getBean(JdbcClient.class);
  }

  private static Schedules schedules() {
    return rooms.getBean(Schedules.class);
  }

  private static RegisteredSources sources() {
    return rooms.getBean(RegisteredSources.class);
  }

  private static Scans scans() {
    return rooms.getBean(Scans.class);
  }

  private static ProblemException refuses(Problem problem, ThrowingCallable request) {
    ProblemException refusal = catchThrowableOfType(ProblemException.class, request);
    assertThat(refusal).isNotNull();
    assertThat(refusal.problem()).isEqualTo(problem);
    return refusal;
  }
}
