package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.dorsal.access.Caller;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.problem.ProblemException;
import io.dorsal.sources.ListedFile;
import io.dorsal.sources.SourcePage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** How large a source may be, how long its scan is said to take, and when a scan has to stay. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class ScanLimitsIntegrationTests {

  private static final Set<UUID> BOUND = ConcurrentHashMap.newKeySet();

  private static ConfigurableApplicationContext rooms;

  private final Caller caller = ScansForTests.someone();

  /**
   * A room whose versions are bound to scans. No configuration by name: other tests scan this
   * package for those.
   */
  static class Manifests {
    @Bean
    ScanUse boundScans() {
      return (tenant, scan) -> BOUND.contains(scan);
    }
  }

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    rooms = RoomsForTests.on(database, Manifests.class);
  }

  @AfterAll
  static void stop() {
    rooms.close();
  }

  /** Section 2.3: up to 10,000,000 files; the counter starts where the last of them are listed. */
  @Test
  void oneFileMoreThanTenMillionIsTooMany() {
    Scan scan = listing();
    jdbc().update("update scan_progress set listed = 9999999 where scan_id = ?", scan.id());
    save(scan, "a.jpg");
    assertThat(listed(scan)).isEqualTo(10_000_000);
    assertThatThrownBy(() -> save(scan, "b.jpg")).isInstanceOf(SourceTooLargeException.class);
    assertThat(listed(scan)).as("nothing of that page is kept").isEqualTo(10_000_000);
  }

  /** Section 1.4, SAS_EXPIRES_DURING_RUN: what is left at the rate of now, of the slowest scan. */
  @Test
  void workEndsWhenItsSlowestScanWill() {
    Scan scan = listing();
    UUID connection =
        rooms.getBean(RegisteredSources.class).get(caller, scan.sourceId()).source().connectionId();
    assertThat(ends(connection)).as("nothing is inspected yet").isNull();
    inspecting(scan, 1_000, 400, 2.0);
    assertThat(ends(connection)).isCloseTo(in(300), within(20, ChronoUnit.SECONDS));

    var other = new SourceRequest(connection, "other", "photos", "b/", null, null, null);
    UUID source = rooms.getBean(RegisteredSources.class).register(caller, other).source().id();
    var request = new ScanRequest(source, null, null, null, null, null, "FULL", null);
    Scan slow = rooms.getBean(Scans.class).request(caller, request);
    inspecting(slow, 1_000, 0, 0.5);
    assertThat(ends(connection)).isCloseTo(in(2_000), within(20, ChronoUnit.SECONDS));
    inspecting(slow, 1_000, 1_000, 0.0);
    assertThat(ends(connection))
        .as("without a rate")
        .isCloseTo(in(300), within(20, ChronoUnit.SECONDS));
    assertThat(ends(UUID.randomUUID())).isNull();
  }

  /** Section 2.10. */
  @Test
  void scanThatAManifestIsBoundToIsNotDeleted() {
    Scan scan = listing();
    var scans = rooms.getBean(Scans.class);
    scans.cancel(caller, scan.id());
    BOUND.add(scan.id());
    var refusal =
        catchThrowableOfType(ProblemException.class, () -> scans.delete(caller, scan.id()));
    assertThat(refusal.problem()).isEqualTo(DiscoveryProblem.SCAN_IN_USE);
    assertThat(scans.get(caller, scan.id()).scan().state()).isEqualTo(ScanState.CANCELED);

    BOUND.remove(scan.id());
    scans.delete(caller, scan.id());
    assertThatThrownBy(() -> scans.get(caller, scan.id())).isInstanceOf(ProblemException.class);
  }

  /** The same for what is forgotten after 400 days (40, section 14); it holds up no other. */
  @Test
  void scanThatAManifestIsBoundToIsNotForgotten() {
    Scan bound = listing();
    var scans = rooms.getBean(Scans.class);
    scans.cancel(caller, bound.id());
    Scan free = again(bound);
    scans.cancel(caller, free.id());
    Scan newest = again(bound);
    jdbc().update("update scan set state = 'COMPLETED' where id = ?", newest.id());
    for (Scan old : List.of(bound, free)) {
      jdbc()
          .update(
              "update scan set finished_at = now() - interval '401 days' where id = ?", old.id());
    }
    BOUND.add(bound.id());
    rooms.getBean(ScanSweep.class).forgetOld();
    assertThat(scans.get(caller, bound.id()).scan().state()).isEqualTo(ScanState.CANCELED);
    assertThatThrownBy(() -> scans.get(caller, free.id())).isInstanceOf(ProblemException.class);

    BOUND.remove(bound.id());
    rooms.getBean(ScanSweep.class).forgetOld();
    assertThatThrownBy(() -> scans.get(caller, bound.id())).isInstanceOf(ProblemException.class);
  }

  private Scan again(Scan scan) {
    var request = new ScanRequest(scan.sourceId(), null, null, null, null, null, "FULL", null);
    return rooms.getBean(Scans.class).request(caller, request);
  }

  private Scan listing() {
    UUID scan = ScansForTests.requested(rooms, caller).id();
    return rooms.getBean(ScanWork.class).beginListing(caller.tenantId(), scan).orElseThrow();
  }

  private static void save(Scan scan, String path) {
    var file = new ListedFile(path, 1, "\"1\"", Instant.EPOCH, null, "Hot", false, false);
    var page = new SourcePage(List.of(file), "more");
    rooms
        .getBean(TransactionTemplate.class)
        .executeWithoutResult(status -> rooms.getBean(ScanListing.class).save(scan, page));
  }

  private static long listed(Scan scan) {
    return rooms.getBean(ScanProgressRows.class).of(scan.id()).listed();
  }

  private static void inspecting(Scan scan, int wanted, int done, double rate) {
    jdbc().update("update scan set state = 'INSPECTING' where id = ?", scan.id());
    jdbc()
        .update(
            "update scan_progress set to_inspect = ?, inspected = ?, rate_per_s = ? where scan_id"
                + " = ?",
            wanted,
            done,
            rate,
            scan.id());
  }

  private static @Nullable Instant ends(UUID connection) {
    return rooms.getBean(SourceWork.class).ends(connection).orElse(null);
  }

  private static Instant in(int seconds) {
    return Instant.now().plusSeconds(seconds);
  }

  private static JdbcTemplate jdbc() {
    return rooms.getBean(JdbcTemplate.class);
  }
}
