package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.access.Caller;
import io.dorsal.discovery.patterns.DetectedPattern;
import io.dorsal.discovery.patterns.PatternType;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The names of a completed scan are looked at once, whoever does it and however often. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class PatternWorkIntegrationTests {

  private static final String NEGATIVE = "DORSAL_SUMMARY_LIVE_FILES must not be negative.";

  private static Map<String, String> database;
  private static ConfigurableApplicationContext rooms;
  private static PatternWork work;
  private static JdbcTemplate jdbc;

  private final Caller caller = ScansForTests.someone();
  private Scan scan;

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    database = postgres.empty();
    Migration.run(database);
    rooms = RoomsForTests.on(database);
    work = rooms.getBean(PatternWork.class);
    jdbc = rooms.getBean(JdbcTemplate.class);
  }

  @AfterAll
  static void stop() {
    rooms.close();
  }

  @BeforeEach
  void request() {
    scan = ScansForTests.requested(rooms, caller);
    file("2019/12-07-2019_Fiji/IMG_0001.JPG", "IMAGE", "PRESENT", "2019-07-12T10:00:00", "{}");
    file("2019/13-07-2019_Fiji/IMG_0002.NEF", "RAW", "PRESENT", "2019-07-13T10:00:00", "{}");
    file(
        "2019/14-07-2019_x/IMG_0003.JPG",
        "IMAGE",
        "PRESENT",
        "2000-01-01T00:00:00",
        "{CLOCK_SUSPECT}");
    file("2019/no picture/notes.txt", "DOCUMENT", "PRESENT", null, "{}");
    file("2019/gone/IMG_0004.JPG", "IMAGE", "MISSING", null, "{}");
  }

  @Test
  void onlyACompletedScanIsLookedAt() {
    assertThat(work.detect(caller.tenantId(), scan.id(), () -> true)).isTrue();
    assertThat(patterns().detectedAt()).isNull();
    assertThat(patterns().items()).isEmpty();
  }

  @Test
  void folderDatesAgreeWithThePicturesBeneath() {
    complete();
    assertThat(work.detect(caller.tenantId(), scan.id(), () -> true)).isTrue();

    PatternList kept = patterns();
    assertThat(kept.detectedAt()).isNotNull();
    DetectedPattern date =
        kept.items().stream()
            .filter(found -> found.pattern().equals("/*/{date:DD-MM-YYYY}*/"))
            .findFirst()
            .orElseThrow();
    assertThat(date.names()).isEqualTo(3);
    assertThat(date.support()).isEqualTo(1);
    assertThat(date.agreement()).isEqualTo(1);
    assertThat(date.samples())
        .containsExactly("12-07-2019_Fiji", "13-07-2019_Fiji", "14-07-2019_x");
    assertThat(kept.items())
        .extracting(DetectedPattern::pattern)
        .contains("/{year}/", "IMG_{seq:4}", "/*/*_{location}/");
    assertThat(rooms.getBean(ScanResults.class).summary(caller, scan.id()).patterns())
        .extracting(ScanSummary.PatternCount::type)
        .contains(PatternType.DATE, PatternType.SEQUENCE);
  }

  // The pattern that the administrators of the source's population settle.
  @Test
  void animalsAreFoundByThePatternOfTheSourcesPopulation() {
    UUID population = UUID.randomUUID();
    PopulationsForTests.active(rooms, caller.tenantId(), population, "^T[0-9]{3}[A-Z]?$");
    jdbc.update("update source set population_id = ? where id = ?", population, scan.sourceId());
    file("T002B+T037/IMG_0005.JPG", "IMAGE", "PRESENT", null, "{}");
    complete();
    assertThat(work.detect(caller.tenantId(), scan.id(), () -> true)).isTrue();
    assertThat(patterns().items()).extracting(DetectedPattern::pattern).contains("/{individuals}/");
  }

  // Users by the name they are shown with, members by the name they were invited with.
  @Test
  void photographersAreTheTenantsUsersAndThePopulationsMembers() {
    UUID population = UUID.randomUUID();
    PopulationsForTests.active(rooms, caller.tenantId(), population, null);
    jdbc.update("update source set population_id = ? where id = ?", population, scan.sourceId());
    user(caller.tenantId(), "Doe, Jane", "ACTIVE");
    user(caller.tenantId(), "Gone Person", "DELETED");
    user(ScansForTests.someone().tenantId(), "Other Tenant", "ACTIVE");
    UUID member = user(caller.tenantId(), null, "PENDING");
    jdbc.update(
        """
        insert into population_member (tenant_id, population_id, user_id, role, state, first_name,
            last_name)
        values (?, ?, ?, 'EXPERT', 'INVITED', 'Max', 'Roe')
        """,
        caller.tenantId(),
        population,
        member);
    for (String person : List.of("Jane Doe", "Max Roe", "Gone Person", "Other Tenant")) {
      file("by/" + "by " + person + "/IMG_1.JPG", "IMAGE", "PRESENT", null, "{}");
    }
    complete();
    work.detect(caller.tenantId(), scan.id(), () -> true);

    DetectedPattern by =
        patterns().items().stream()
            .filter(found -> found.pattern().equals("/*/by {photographer}/"))
            .findFirst()
            .orElseThrow();
    assertThat(by.matched()).isEqualTo(4);
    assertThat(by.agreement()).isEqualTo(0.5);
  }

  private static UUID user(UUID tenant, @Nullable String name, String status) {
    jdbc.update(
        "insert into tenant (id, name, display_name) values (?, ?, 'T') on conflict do nothing",
        tenant,
        "t-" + tenant);
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "insert into users (tenant_id, status, display_name) values (?, ?, ?) returning id",
            UUID.class,
            tenant,
            status,
            name));
  }

  @Test
  void numbersAreKeptWithTheNames() {
    complete();
    ScanResults results = rooms.getBean(ScanResults.class);
    ScanSummary counted = results.summary(caller, scan.id());
    assertThat(counted.images().withDate()).isEqualTo(3);
    work.detect(caller.tenantId(), scan.id(), () -> true);
    jdbc.update("delete from file_inspection where source_id = ?", scan.sourceId());

    ScanSummary kept = results.summary(caller, scan.id());

    assertThat(kept)
        .usingRecursiveComparison()
        .ignoringFields("patterns", "countedAt")
        .isEqualTo(counted);
    assertThat(kept.patterns()).isNotEmpty();
  }

  @Test
  void numbersThatAPersonMayStillChangeAreCountedEachTime() {
    complete();
    jdbc.update(
        """
        insert into scan_guard (scan_id, version, tenant_id, source_id, state, known,
            would_be_missing, held_at)
        values (?, 0, ?, ?, 'HELD', 200, 150, now())
        """,
        scan.id(),
        caller.tenantId(),
        scan.sourceId());
    work.detect(caller.tenantId(), scan.id(), () -> true);
    jdbc.update("delete from file_inspection where source_id = ?", scan.sourceId());

    ScanSummary summary = rooms.getBean(ScanResults.class).summary(caller, scan.id());

    assertThat(summary.images().withDate()).isZero();
  }

  @Test
  void ofALargeScanTheNumbersAreThoseThatAWorkerCountedLast() {
    Map<String, String> settings = new HashMap<>(database);
    settings.put("dorsal.summary.live-files", "-1");
    assertThatThrownBy(() -> RoomsForTests.on(settings)).hasRootCauseMessage(NEGATIVE);
    settings.put("dorsal.summary.live-files", "0");
    jdbc.update("update scan_progress set listed = 5 where scan_id = ?", scan.id());
    try (var large = RoomsForTests.on(settings)) {
      ScanResults results = large.getBean(ScanResults.class);
      ScanSummary first = results.summary(caller, scan.id());
      results.summary(caller, scan.id());

      assertThat(first.countedAt()).isNull();
      assertThat(first.totalFiles()).isEqualTo(5);
      assertThat(first.classes()).isEmpty();
      assertThat(orders()).as("asked for in one window, or two").isBetween(1L, 2L);

      work.detect(caller.tenantId(), scan.id(), () -> true);
      ScanSummary counted = results.summary(caller, scan.id());
      assertThat(counted.countedAt()).isNotNull();
      assertThat(counted.images().withDate()).isEqualTo(3);
      jdbc.update("delete from file_inspection where source_id = ?", scan.sourceId());
      assertThat(results.summary(caller, scan.id())).isEqualTo(counted);

      complete();
      work.detect(caller.tenantId(), scan.id(), () -> true);
      assertThat(results.summary(caller, scan.id()).images().withDate()).isZero();
    }
  }

  private long orders() {
    return jdbc.queryForList(
            "select distinct message_id from outbox where message_id like ?",
            String.class,
            scan.id() + "-summary-%")
        .size();
  }

  @Test
  void twoWorkersAtOnceKeepOneResult() {
    complete();
    var other =
        CompletableFuture.supplyAsync(() -> work.detect(caller.tenantId(), scan.id(), () -> true));
    assertThat(work.detect(caller.tenantId(), scan.id(), () -> true)).isTrue();
    assertThat(other.join()).isTrue();
    assertThat(work.detect(caller.tenantId(), scan.id(), () -> true)).isTrue();
    assertThat(patterns().items()).doesNotHaveDuplicates().isNotEmpty();
  }

  @Test
  void aStoppingWorkerKeepsNothing() {
    complete();
    assertThat(work.detect(caller.tenantId(), scan.id(), () -> false)).isFalse();
    assertThat(patterns().detectedAt()).isNull();
  }

  @Test
  void anotherTenantsOrderIsNothing() {
    complete();
    assertThat(work.detect(UUID.randomUUID(), scan.id(), () -> true)).isTrue();
    assertThat(patterns().detectedAt()).isNull();
  }

  private PatternList patterns() {
    return rooms.getBean(ScanResults.class).patterns(caller, scan.id(), null, 0.3);
  }

  private void complete() {
    jdbc.update("update scan set state = 'COMPLETED' where id = ?", scan.id());
  }

  private void file(
      String path, String fileClass, String state, @Nullable String taken, String notes) {
    UUID id = UUID.randomUUID();
    jdbc.update(
        """
        insert into found_file (id, tenant_id, source_id, path, folder, class, size, etag, last_modified,
            missing_number, first_scan_number, last_scan_number)
        values (?, ?, ?, ?, ?, ?, 1, 'e', now(), ?, 1, 1)
        """,
        id,
        caller.tenantId(),
        scan.sourceId(),
        path,
        path.substring(0, path.lastIndexOf('/') + 1),
        fileClass,
        state.equals("MISSING") ? 1 : null);
    jdbc.update(
        """
        insert into file_inspection (file_id, tenant_id, source_id, scan_id, etag, outcome, notes,
            taken_at_local, bytes_read)
        values (?, ?, ?, ?, 'e', 'INSPECTED', cast(? as text[]), cast(? as timestamp), 1)
        """,
        id,
        caller.tenantId(),
        scan.sourceId(),
        scan.id(),
        notes,
        taken);
  }
}
