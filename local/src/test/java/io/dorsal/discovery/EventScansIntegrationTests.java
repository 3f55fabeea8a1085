package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.access.Caller;
import io.dorsal.access.TenantRole;
import io.dorsal.connections.ConnectionsForTests;
import io.dorsal.jobs.Migration;
import io.dorsal.local.ClockForTests;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Storage events and their debounce on two hosts, with the times as shipped and the test's clock.
 */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class EventScansIntegrationTests {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String ACCOUNT = "source";

  private static ConfigurableApplicationContext rooms;
  private static ConfigurableApplicationContext secondHost;

  private final Caller admin = Caller.of(UUID.randomUUID(), "ann", TenantRole.TENANT_ADMIN);
  private final String container = "c" + UUID.randomUUID().toString().substring(0, 8);

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
    jdbc().sql("delete from source_dirty").update();
    at(NOON);
  }

  /** Acceptance scenario 16, with its own times. */
  @Test
  void twoHundredEventsInHalfAMinuteStartOneScanAMinuteAfterTheLast() throws Exception {
    RegisteredSource source = registered("");
    List<StorageEvent> told = new ArrayList<>();
    for (int i = 0; i < 180; i++) {
      told.add(event("e" + i, "2024/%02d/%d.jpg".formatted(i % 12, i)));
    }
    told.addAll(told.subList(40, 60));
    Collections.shuffle(told, new Random(16));
    for (int i = 0; i < told.size(); i++) {
      at(NOON.plusMillis(30_000L * i / (told.size() - 1)));
      (i % 2 == 0 ? rooms : secondHost).getBean(StorageEvents.class).take(told.get(i));
      assertThat(startDue()).isZero();
    }
    Instant last = lastEvent(source);
    at(last.plusSeconds(60).minusMillis(1));
    assertThat(startDue()).isZero();
    at(last.plusSeconds(60));
    assertThat(startDueOnBothAtOnce()).isEqualTo(1);
    at(last.plusSeconds(3_600));
    assertThat(startDue()).isZero();

    Scan scan = onlyScan(source);
    assertThat(scan.triggerKind()).isEqualTo(ScanTrigger.EVENT);
    assertThat(scan.mode()).isEqualTo(ScanMode.INCREMENTAL);
    assertThat(scan.prefixes()).hasSize(12).startsWith("2024/00/").endsWith("2024/11/");
  }

  @Test
  void eventsThatNeverStopWaitTenMinutesAtMost() {
    RegisteredSource source = registered("");
    int begun = 0;
    for (int second = 0; second < 600; second += 30) {
      at(NOON.plusSeconds(second));
      take("d/" + second);
      begun += startDue();
    }
    assertThat(begun).isZero();
    at(NOON.plusSeconds(600));
    assertThat(startDue()).isEqualTo(1);
    assertThat(onlyScan(source).prefixes()).containsExactly("d/");
  }

  @Test
  void whatIsToldDuringAScanLeadsToOneMoreAndNotWithinFiveMinutes() {
    RegisteredSource source = registered("");
    take("a/1");
    at(NOON.plusSeconds(60));
    assertThat(startDue()).isEqualTo(1);
    UUID first = onlyScan(source).id();

    at(NOON.plusSeconds(70));
    take("b/1");
    at(NOON.plusSeconds(80));
    take("c/1");
    at(NOON.plusSeconds(359));
    assertThat(startDue()).isZero();
    at(NOON.plusSeconds(361));
    assertThat(startDue()).as("the first scan still runs").isZero();
    scans().cancel(admin, first);
    assertThat(startDueOnBoth()).isEqualTo(1);
    assertThat(scansOf(source))
        .extracting(Scan::prefixes)
        .containsExactly(List.of("b/", "c/"), List.of("a/"));
  }

  @Test
  void foldersWithinOthersAreListedOnceAndTooManyAreTheWholeSource() {
    RegisteredSource nested = registered("");
    take("x/y/1");
    take("x/2");
    take("x/y/z/3");
    take("xy/4");
    at(NOON.plusSeconds(60));
    startDue();
    assertThat(onlyScan(nested).prefixes()).containsExactly("x/", "xy/");

    String other = container + "-many";
    RegisteredSource many = registered(other, "");
    for (int i = 0; i <= 100; i++) {
      events().take(new StorageEvent("m" + i, ACCOUNT, other, List.of("f" + i + "/1")));
    }
    at(NOON.plusSeconds(120));
    startDue();
    assertThat(onlyScan(many).prefixes()).isEmpty();
    assertThat(onlyScan(many).roots()).containsExactly("");
  }

  @Test
  void aFileAtTheRootMeansTheWholeSource() {
    RegisteredSource source = registered("");
    take("a/1");
    take("top.jpg");
    at(NOON.plusSeconds(60));
    startDue();
    assertThat(onlyScan(source).roots()).containsExactly("");
  }

  @Test
  void onlySourcesThatHoldTheFileAreLookedAt() {
    RegisteredSource year = registered("2024/");
    RegisteredSource otherYear = registered("2023/");
    RegisteredSource otherContainer = registered(container + "-x", "2024/");
    take("2024/07/a.jpg");
    events()
        .take(
            new StorageEvent(UUID.randomUUID().toString(), "other", container, List.of("2023/a")));
    at(NOON.plusSeconds(60));
    assertThat(startDue()).isEqualTo(1);
    assertThat(onlyScan(year).prefixes()).containsExactly("07/");
    assertThat(scansOf(otherYear)).isEmpty();
    assertThat(scansOf(otherContainer)).isEmpty();
  }

  @Test
  void pausedSourcesAreLeftOutAndRefusedConnectionsWait() {
    RegisteredSource paused = registered("p/");
    RegisteredSource refused = registered("r/");
    take("p/a/1");
    take("r/a/1");
    sources()
        .change(
            admin,
            paused.id(),
            0,
            JsonMapper.shared().readValue("{\"state\": \"PAUSED\"}", SourceChange.class));
    take("p/b/1");
    ability(refused, "FAIL");
    at(NOON.plusSeconds(60));
    assertThat(startDue()).isZero();
    sources()
        .change(
            admin,
            paused.id(),
            1,
            JsonMapper.shared().readValue("{\"state\": \"ACTIVE\"}", SourceChange.class));
    ability(refused, "OK");
    assertThat(startDue()).isEqualTo(1);
    assertThat(scansOf(paused)).isEmpty();
    assertThat(onlyScan(refused).prefixes()).containsExactly("a/");
  }

  @Test
  void anEventIsKnownForADay() {
    RegisteredSource source = registered("");
    events().take(event("same", "a/1"));
    at(NOON.plus(Duration.ofHours(24)));
    events().forgetOld();
    jdbc().sql("delete from source_dirty").update();
    events().take(event("same", "a/1"));
    assertThat(dirty(source)).isZero();
    at(NOON.plus(Duration.ofHours(24)).plusSeconds(1));
    events().forgetOld();
    events().take(event("same", "a/1"));
    assertThat(dirty(source)).isEqualTo(1);
  }

  @Test
  void aRemovedSourceIsNotScanned() {
    RegisteredSource source = registered("");
    take("a/1");
    sources().remove(admin, source.id(), 0);
    at(NOON.plusSeconds(60));
    assertThat(startDue()).isZero();
    assertThat(dirty(source)).isZero();
  }

  private void take(String path) {
    events().take(event(UUID.randomUUID().toString(), path));
  }

  private StorageEvent event(String id, String path) {
    return new StorageEvent(container + id, ACCOUNT, container, List.of(path));
  }

  private static int startDue() {
    return rooms.getBean(EventScans.class).startDue();
  }

  private static int startDueOnBoth() {
    return startDue() + secondHost.getBean(EventScans.class).startDue();
  }

  private static int startDueOnBothAtOnce() throws Exception {
    try (var hosts = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> first = () -> rooms.getBean(EventScans.class).startDue();
      Callable<Integer> second = () -> secondHost.getBean(EventScans.class).startDue();
      int begun = 0;
      for (Future<Integer> host : hosts.invokeAll(List.of(first, second, first, second))) {
        begun += host.get();
      }
      return begun;
    }
  }

  private RegisteredSource registered(String prefix) {
    return registered(container, prefix);
  }

  private RegisteredSource registered(String where, String prefix) {
    var connection =
        rooms
            .getBean(JdbcAggregateTemplate.class)
            .insert(
                ConnectionsForTests.unsaved(
                    admin.tenantId(), "http://127.0.0.1/source", List.of()));
    return sources()
        .register(admin, new SourceRequest(connection.id(), "n", where, prefix, null, null, null))
        .source();
  }

  private Scan onlyScan(RegisteredSource source) {
    assertThat(scansOf(source)).hasSize(1);
    return scansOf(source).getFirst();
  }

  private List<Scan> scansOf(RegisteredSource source) {
    return scans().list(admin, source.id(), null, null, null, 10).stream()
        .map(ScanView::scan)
        .toList();
  }

  private static Instant lastEvent(RegisteredSource source) {
    return jdbc()
        .sql("select last_event_at from source_dirty where source_id = ?")
        .param(source.id())
        .query(Instant.class)
        .single();
  }

  private static int dirty(RegisteredSource source) {
    return jdbc()
        .sql("select count(*) from source_dirty where source_id = ?")
        .param(source.id())
        .query(Integer.class)
        .single();
  }

  private static void ability(RegisteredSource source, String list) {
    jdbc()
        .sql("update connection set can_list = ? where id = ?")
        .params(list, source.connectionId())
        .update();
  }

  private static void at(Instant now) {
    for (var host : List.of(rooms, secondHost)) {
      host.getBean(ClockForTests.Hand.class).set(now);
    }
  }

  private static JdbcClient jdbc() {
    return rooms.getBean(JdbcClient.class);
  }

  private static StorageEvents events() {
    return rooms.getBean(StorageEvents.class);
  }

  private static RegisteredSources sources() {
    return rooms.getBean(RegisteredSources.class);
  }

  private static Scans scans() {
    return rooms.getBean(Scans.class);
  }
}
