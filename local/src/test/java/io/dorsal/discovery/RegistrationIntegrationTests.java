package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.TenantRole;
import io.dorsal.connections.Connection;
import io.dorsal.connections.ConnectionChanges;
import io.dorsal.connections.ConnectionProblem;
import io.dorsal.connections.ConnectionRequest;
import io.dorsal.connections.ConnectionsForTests;
import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.problem.FieldError;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.Problem;
import io.dorsal.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;

/** The rules of connections, sources and scan requests that need a database to hold. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class RegistrationIntegrationTests {

  private static final String SAS = "sv=2024-11-04&sr=c&sp=rl&se=2020-01-01&sig=MARKER";

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
  void namesAreUniquePerTenantInAnyCaseAndForm() {
    create(admin, "Gr\u00fcne Wale", SAS, List.of("a-b"));
    refuses(
        GeneralProblem.NAME_TAKEN,
        () -> create(admin, " GRU\u0308NE wale ", SAS, List.of("photos")));
    var other = Caller.of(UUID.randomUUID(), "bob", TenantRole.TENANT_ADMIN);
    assertThat(create(other, "gr\u00fcne wale", SAS, List.of("photos")).name())
        .isEqualTo("gr\u00fcne wale");
  }

  @Test
  void connectionFieldsAreJudgedTogether() {
    var changes = rooms.getBean(ConnectionChanges.class);
    var request =
        new ConnectionRequest(
            "x".repeat(101), "AZURE_BLOB", "whales", null, "PASSWORD", "", List.of("A", "b"));
    assertThat(fields(() -> changes.create(admin, request)))
        .containsExactly("name", "containers", "secret", "auth_type");
    // Of another kind nobody can say what else it needs.
    var foreign = new ConnectionRequest("n", "FTP", "whales", null, "PASSWORD", "", List.of("A"));
    assertThat(fields(() -> changes.create(admin, foreign))).containsExactly("kind");
    assertThat(fields(() -> create(admin, "nul\0", SAS, List.of("photos"))))
        .containsExactly("name");
    assertThat(fields(() -> create(admin, "n", SAS, List.of()))).containsExactly("containers");
    assertThat(fields(() -> create(admin, "n", SAS, List.of("one", "two"))))
        .containsExactly("containers");
    String url = "https://whales.blob.core.windows.net/photos?" + SAS;
    assertThat(fields(() -> create(admin, "n", url, List.of("other"))))
        .containsExactly("containers");
    assertThat(create(admin, "n", url, List.of()).containers()).containsExactly("photos");
  }

  @Test
  void secretPastedAsEndpointIsRefusedAndNotRepeated() {
    var request =
        new ConnectionRequest(
            "n",
            "AZURE_BLOB",
            "whales",
            "https://whales.blob.core.windows.net?" + SAS,
            "SAS_TOKEN",
            SAS,
            List.of("photos"));
    ProblemException refusal =
        refuses(
            ConnectionProblem.ENDPOINT_NOT_ALLOWED,
            () -> rooms.getBean(ConnectionChanges.class).create(admin, request));
    assertThat(refusal.detail() + refusal.details()).doesNotContain("MARKER");
  }

  @Test
  void expiredTokenIsSavedAndShownAsExpired() {
    Connection connection = create(admin, "old", SAS, List.of("photos"));
    assertThat(connection.status().name()).isEqualTo("EXPIRED");
    assertThat(connection.finding()).isNotNull();
    assertThat(connection.toString()).doesNotContain("MARKER");
    assertThat(connection.scannable()).isFalse();
  }

  @Test
  void sameSourceTwiceIsRefusedAndOverlapsAreTold() {
    Connection connection = connection();
    var whole = register(connection, "");
    assertThat(whole.overlaps()).isEmpty();
    var year = register(connection, "2024/");
    assertThat(year.overlaps()).containsExactly(whole.source().id());
    var month = register(connection, "2024/07/");
    assertThat(month.overlaps()).containsExactlyInAnyOrder(whole.source().id(), year.source().id());
    assertThat(register(connection, "2023/").overlaps()).containsExactly(whole.source().id());
    ProblemException refusal =
        refuses(DiscoveryProblem.SOURCE_EXISTS, () -> register(connection, "2024/"));
    assertThat(refusal.details()).containsEntry("source_id", year.source().id());
  }

  @Test
  void sourceFieldsAreJudged() {
    var sources = rooms.getBean(RegisteredSources.class);
    var request =
        new SourceRequest(null, " ", "A_B", "x".repeat(1_025), "Mars/Phobos", "NEVER", null);
    assertThat(fields(() -> sources.register(admin, request)))
        .containsExactly(
            "connection_id", "name", "container", "prefix", "time_zone", "on_new_files");
    Connection connection = connection();
    assertThat(fields(() -> register(connection, "a\0b"))).containsExactly("prefix");
    assertThat(register(connection, "\ud83d\udc0b".repeat(1_024)).source().prefix()).hasSize(2_048);
    var stranger = Caller.of(UUID.randomUUID(), "eve", TenantRole.TENANT_ADMIN);
    refuses(
        GeneralProblem.NOT_FOUND,
        () ->
            sources.register(
                stranger,
                new SourceRequest(connection.id(), "n", "photos", null, null, null, null)));
  }

  @Test
  void scanRequestsTakeTheirDefaults() {
    RegisteredSource source = register(connection(), "").source();
    Scan scan = rooms.getBean(Scans.class).request(admin, request(source, null, List.of(), null));
    assertThat(scan.classes())
        .isEqualTo(Arrays.stream(FileClass.values()).map(Enum::name).toList());
    assertThat(scan.mode()).isEqualTo(ScanMode.FULL);
    assertThat(scan.builtinExcludes()).isTrue();
    assertThat(scan.number()).isEqualTo(1);
    ProblemException refusal =
        refuses(
            DiscoveryProblem.SCAN_ALREADY_RUNNING,
            () -> rooms.getBean(Scans.class).request(admin, request(source, null, null, null)));
    assertThat(refusal.details()).containsEntry("scan_id", scan.id());
  }

  @Test
  void scanRequestsAreJudged() {
    RegisteredSource source = register(connection(), "").source();
    var scans = rooms.getBean(Scans.class);
    assertThat(
            fields(
                () ->
                    scans.request(
                        admin,
                        request(source, List.of("x".repeat(513)), List.of("PHOTO"), "LATER"))))
        .containsExactly("include", "classes", "mode");
    refuses(
        DiscoveryProblem.GLOB_INVALID,
        () -> scans.request(admin, request(source, List.of("a[b"), null, null)));
    var viewer =
        Caller.of(admin.tenantId(), "vic", TenantRole.MEMBER)
            .with(UUID.randomUUID(), PopulationRole.PROFESSIONAL);
    assertThat(
            catchThrowableOfType(
                    ProblemException.class,
                    () -> scans.request(viewer, request(source, null, null, null)))
                .problem()
                .name())
        .isEqualTo("PERMISSION_DENIED");
  }

  private Connection connection() {
    return rooms
        .getBean(JdbcAggregateTemplate.class)
        .insert(
            ConnectionsForTests.unsaved(admin.tenantId(), "http://127.0.0.1/source", List.of()));
  }

  private RegisteredSources.Registered register(Connection connection, String prefix) {
    return rooms
        .getBean(RegisteredSources.class)
        .register(
            admin,
            new SourceRequest(connection.id(), "n", "photos", prefix, "Europe/Berlin", null, null));
  }

  private static ScanRequest request(
      RegisteredSource source,
      @Nullable List<String> include,
      @Nullable List<String> classes,
      @Nullable String mode) {
    return new ScanRequest(source.id(), null, include, null, null, classes, mode, null);
  }

  private static Connection create(
      Caller caller, String name, String secret, List<String> containers) {
    return rooms
        .getBean(ConnectionChanges.class)
        .create(
            caller,
            new ConnectionRequest(
                name, "AZURE_BLOB", "whales", null, "SAS_TOKEN", secret, containers));
  }

  private static List<String> fields(ThrowingCallable request) {
    ProblemException refusal = refuses(GeneralProblem.VALIDATION_FAILED, request);
    List<String> fields = new java.util.ArrayList<>();
    assertThat(refusal.details().get("fields"))
        .asInstanceOf(InstanceOfAssertFactories.list(FieldError.class))
        .allSatisfy(error -> fields.add(error.field()));
    return fields;
  }

  private static ProblemException refuses(Problem problem, ThrowingCallable request) {
    ProblemException refusal = catchThrowableOfType(ProblemException.class, request);
    assertThat(refusal).isNotNull();
    assertThat(refusal.problem()).isEqualTo(problem);
    return refusal;
  }
}
