package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.TenantRole;
import io.dorsal.connections.ConnectionsForTests;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.Problem;
import io.dorsal.problem.ProblemException;
import io.dorsal.sources.ListedFile;
import io.dorsal.sources.SourcePage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of sources, and of scans that are no longer wanted. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class SourceChangesIntegrationTests {

  private static ConfigurableApplicationContext rooms;

  private final Caller admin = Caller.of(UUID.randomUUID(), "ann", TenantRole.TENANT_ADMIN);

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    rooms = RoomsForTests.on(database);
  }

  @AfterAll
  static void stop() {
    rooms.close();
  }

  @Test
  void membersChangeOneByOneAndAnOldVersionIsRefused() {
    RegisteredSource source = registered("");
    UUID population = UUID.randomUUID();
    var nowhere =
        refuses(
            GeneralProblem.VALIDATION_FAILED,
            () ->
                sources()
                    .change(
                        admin,
                        source.id(),
                        0,
                        change("{\"populationId\": \"" + population + "\"}")));
    assertThat(String.valueOf(nowhere.details().get("fields"))).contains("POPULATION_UNKNOWN");
    PopulationsForTests.active(rooms, admin.tenantId(), population, null);
    var given =
        sources()
            .change(
                admin,
                source.id(),
                0,
                change(
                    """
                    {"name": " New ", "timeZone": null, "onNewFiles": "SCAN_AND_REMATERIALIZE",
                     "populationId": "%s"}
                    """
                        .formatted(population)));
    assertThat(given.name()).isEqualTo("New");
    assertThat(given.timeZone()).isNull();
    assertThat(given.onNewFiles()).isEqualTo(OnNewFiles.SCAN_AND_REMATERIALIZE);
    assertThat(given.populationId()).isEqualTo(population);
    refuses(
        GeneralProblem.STALE_VERSION,
        () -> sources().change(admin, source.id(), 0, change("{\"name\": \"Late\"}")));
    var taken = sources().change(admin, source.id(), 1, change("{\"populationId\": null}"));
    assertThat(taken.populationId()).isNull();
    assertThat(taken.name()).isEqualTo("New");
    assertThat(eventsOf(source.id()))
        .containsExactly("source.registered", "source.changed", "source.changed");
  }

  @Test
  void wrongMembersAreRefusedTogether() {
    RegisteredSource source = registered("");
    var refusal =
        refuses(
            GeneralProblem.VALIDATION_FAILED,
            () ->
                sources()
                    .change(
                        admin,
                        source.id(),
                        0,
                        change(
                            """
                            {"name": "", "timeZone": "+02:00", "onNewFiles": "NEVER",
                             "populationId": "7", "state": "REMOVED"}
                            """)));
    assertThat(String.valueOf(refusal.details().get("fields")))
        .contains("name", "time_zone", "on_new_files", "population_id", "state");
  }

  @Test
  void aPausedSourceIsNotScannedUntilItIsActiveAgain() {
    RegisteredSource source = registered("");
    sources().change(admin, source.id(), 0, change("{\"state\": \"PAUSED\"}"));
    refuses(DiscoveryProblem.SOURCE_PAUSED, () -> scan(source));
    sources().change(admin, source.id(), 1, change("{\"state\": \"ACTIVE\"}"));
    assertThat(scan(source).state()).isEqualTo(ScanState.REQUESTED);
    assertThat(eventsOf(source.id()))
        .containsExactly("source.registered", "source.paused", "source.resumed");
  }

  @Test
  void aRemovedSourceIsForgottenItsScansAreNotAndItMayComeBack() {
    RegisteredSource source = registered("2024/");
    Scan scan = scan(source);
    int version = version(source);
    ProblemException busy =
        refuses(
            DiscoveryProblem.SCAN_ALREADY_RUNNING,
            () -> sources().remove(admin, source.id(), version));
    assertThat(busy.details()).containsEntry("scan_id", scan.id());

    scans().cancel(admin, scan.id());
    sources().remove(admin, source.id(), version);

    assertThat(sources().list(admin)).isEmpty();
    assertThat(scans().get(admin, scan.id()).scan().sourceId()).isEqualTo(source.id());
    assertThat(sources().get(admin, source.id()).source().state()).isEqualTo(SourceState.REMOVED);
    refuses(GeneralProblem.NOT_FOUND, () -> scan(source));
    refuses(
        GeneralProblem.NOT_FOUND,
        () -> sources().change(admin, source.id(), version + 1, change("{\"name\": \"x\"}")));
    refuses(GeneralProblem.NOT_FOUND, () -> sources().remove(admin, source.id(), version + 1));
    var again =
        sources()
            .register(
                admin,
                new SourceRequest(
                    source.connectionId(), "again", "photos", "2024/", null, null, null));
    assertThat(again.source().id()).isNotEqualTo(source.id());
    assertThat(again.overlaps()).isEmpty();
  }

  @Test
  void onlyAnAdministratorOfTheTenantChangesOrRemoves() {
    RegisteredSource source = registered("");
    var reader =
        Caller.of(admin.tenantId(), "pro", TenantRole.MEMBER)
            .with(UUID.randomUUID(), PopulationRole.PROFESSIONAL);
    var stranger = Caller.of(UUID.randomUUID(), "eve", TenantRole.TENANT_ADMIN);
    assertThat(
            catchThrowableOfType(
                    ProblemException.class, () -> sources().remove(reader, source.id(), 0))
                .problem()
                .name())
        .isEqualTo("PERMISSION_DENIED");
    refuses(GeneralProblem.NOT_FOUND, () -> sources().remove(stranger, source.id(), 0));
  }

  @Test
  void onlyAFinalScanIsDeletedAndItsEventsStay() {
    RegisteredSource source = registered("");
    Scan scan = scan(source);
    refuses(DiscoveryProblem.SCAN_STATE, () -> scans().delete(admin, scan.id()));
    scans().cancel(admin, scan.id());
    scans().delete(admin, scan.id());
    refuses(GeneralProblem.NOT_FOUND, () -> scans().get(admin, scan.id()));
    assertThat(count("scan_log where scan_id = '" + scan.id() + "'")).isZero();
    assertThat(eventsOf(scan.id()))
        .containsExactly("scan.requested", "scan.finished", "scan.deleted");
    assertThat(scan(source).number()).isEqualTo(2);
  }

  @Test
  void severalRootsAreListedOneAfterTheOther() {
    RegisteredSource source = registered("");
    var plan =
        ScanPlan.automatic(ScanTrigger.EVENT, ScanMode.INCREMENTAL, List.of("a/", "b/"), "events");
    UUID id =
        transaction()
            .execute(
                status ->
                    rooms
                        .getBean(ScanStarts.class)
                        .begin(
                            rooms
                                .getBean(SourceRows.class)
                                .hold(source.id(), admin.tenantId())
                                .orElseThrow(),
                            plan)
                        .id());
    Scan scan = rooms.getBean(ScanWork.class).beginListing(admin.tenantId(), id).orElseThrow();
    assertThat(scan.roots()).containsExactly("a/", "b/");
    save(scan, "a/1.jpg", "next");
    assertThat(listing(scan).listRoot()).isZero();
    save(scan, "a/2.jpg", null);
    assertThat(listing(scan).listRoot()).isEqualTo(1);
    assertThat(listing(scan).listToken()).isNull();
    assertThat(listing(scan).listComplete()).isFalse();
    save(scan, "b/1.jpg", null);
    assertThat(listing(scan).listComplete()).isTrue();
    assertThat(listing(scan).listed()).isEqualTo(3);
    var log = rooms.getBean(ScanResults.class).log(admin, id, null, 4);
    assertThat(log.items())
        .extracting(LogLine::line)
        .containsExactly(
            "Scan is REQUESTED by events", "Scan is LISTING", "Listed 1 files", "Listed 2 files");
    var rest = rooms.getBean(ScanResults.class).log(admin, id, log.next(), 4);
    assertThat(rest.items()).extracting(LogLine::line).containsExactly("Listed 3 files");
    assertThat(rest.next()).isNull();
  }

  private static void save(Scan scan, String path, @Nullable String next) {
    var file = new ListedFile(path, 1, "\"e\"", Instant.EPOCH, null, null, false, false);
    transaction()
        .executeWithoutResult(
            status ->
                rooms.getBean(ScanListing.class).save(scan, new SourcePage(List.of(file), next)));
  }

  private static ScanProgress listing(Scan scan) {
    return rooms.getBean(ScanProgressRows.class).of(scan.id());
  }

  private static TransactionTemplate transaction() {
    return new TransactionTemplate(rooms.getBean(PlatformTransactionManager.class));
  }

  private RegisteredSource registered(String prefix) {
    var connection =
        rooms
            .getBean(JdbcAggregateTemplate.class)
            .insert(
                ConnectionsForTests.unsaved(
                    admin.tenantId(), "http://127.0.0.1/source", List.of()));
    return sources()
        .register(
            admin,
            new SourceRequest(connection.id(), "n", "photos", prefix, "Europe/Berlin", null, null))
        .source();
  }

  private Scan scan(RegisteredSource source) {
    return scans()
        .request(admin, new ScanRequest(source.id(), null, null, null, null, null, null, null));
  }

  private int version(RegisteredSource source) {
    Integer version = sources().get(admin, source.id()).source().version();
    return version == null ? -1 : version;
  }

  private static SourceChange change(String json) {
    return JsonMapper.shared().readValue(json, SourceChange.class);
  }

  private static List<String> eventsOf(UUID subject) {
    return rooms
        .getBean(JdbcClient.class)
        .sql("select name from event where subject_id = ? order by id")
        .param(subject)
        .query(String.class)
        .list();
  }

  private static int count(String from) {
    return rooms
        .getBean(JdbcClient.class)
        .sql("select count(*) from " + from)
        .query(Integer.class)
        .single();
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
