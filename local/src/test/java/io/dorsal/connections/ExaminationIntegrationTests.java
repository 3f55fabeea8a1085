package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.TokenCredential;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import io.dorsal.connections.DoctorReport.StepStatus;
import io.dorsal.local.ServersForTests;
import io.dorsal.local.storage.FaultRule;
import io.dorsal.local.storage.StorageAccounts;
import io.dorsal.operations.TraceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/**
 * The rows of the specification's table of findings (10, section 1.4) that only storage tells. What
 * Azurite cannot answer is answered by the gateway.
 */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class ExaminationIntegrationTests {

  private static final String CONTAINER = "checked-" + UUID.randomUUID();
  private static final String STORE = "own-" + UUID.randomUUID();

  private static ServersForTests.Storage storage;
  private static String sas;
  private static ServerSideCopy copies;
  private static BlobContainerClient own;

  @BeforeAll
  static void fill(ServersForTests.Storage servers) {
    storage = servers;
    BlobContainerClient owner = servers.containers().client(StorageAccounts.SOURCE, CONTAINER);
    owner.create();
    owner.getBlobClient("photos/big.jpg").upload(BinaryData.fromBytes(new byte[5_000]));
    owner.getBlobClient("photos/small.jpg").upload(BinaryData.fromBytes(new byte[2_000]));
    owner.getBlobClient("photos/zero.jpg").upload(BinaryData.fromBytes(new byte[0]));
    owner.getBlobClient("none/zero.jpg").upload(BinaryData.fromBytes(new byte[0]));
    owner.getBlobClient("large/one.tif").upload(BinaryData.fromBytes(new byte[(8 << 20) + 1]));
    var cold = owner.getBlobClient("cold/one.jpg");
    cold.upload(BinaryData.fromBytes(new byte[2_000]));
    cold.setAccessTier(AccessTier.ARCHIVE);
    sas = servers.containers().readSas(StorageAccounts.SOURCE, CONTAINER, Duration.ofDays(90));
    own = servers.containers().client(StorageAccounts.STORE, STORE);
    copies = new ServerSideCopy(store(servers), Clock.systemUTC());
  }

  private static OwnStore store(ServersForTests.Storage servers) {
    var settings =
        new StoreSettings(
            servers.containers().endpoint(StorageAccounts.STORE),
            servers.accounts().key(StorageAccounts.STORE),
            STORE);
    return new OwnStore(
        settings, new StaticListableBeanFactory().getBeanProvider(TokenCredential.class));
  }

  @AfterEach
  void mend() {
    storage.gateway().faults().clear();
  }

  @Test
  void goodConnectionIsListedReadAndCopiedAndNothingIsLeft() {
    long before = storage.gateway().log().since(0).next();

    DoctorReport report = examined("photos/");

    assertThat(statuses(report))
        .containsExactly(
            StepStatus.WARN, StepStatus.PASS, StepStatus.PASS, StepStatus.PASS, StepStatus.PASS);
    assertThat(codes(report)).containsExactly("SAS_PROTOCOL_HTTP");
    assertThat(report.status()).isEqualTo(ConnectionStatus.WARNING);
    assertThat(report.capabilities())
        .isEqualTo(new Capabilities(Capability.OK, Capability.FAIL, Capability.OK, Capability.OK));
    assertThat(own.listBlobs()).isEmpty();
    var requests = storage.gateway().log().since(before).entries();
    assertThat(requests)
        .filteredOn(r -> r.method().equals("PUT") && r.copySource() != null)
        .singleElement()
        .satisfies(
            copy -> {
              assertThat(copy.path()).startsWith("/store/" + STORE + "/preflight%2F");
              assertThat(copy.copySource()).contains("small.jpg");
            });
    assertThat(requests).anyMatch(r -> "bytes=0-1023".equals(r.range()));
  }

  @Test
  void onlyLargeFilesAreTriedByOneBlock() {
    long before = storage.gateway().log().since(0).next();

    DoctorReport report = examined("large/");

    assertThat(report.capabilities().copy()).isEqualTo(Capability.OK);
    assertThat(storage.gateway().log().since(before).entries())
        .filteredOn(r -> r.query().contains("comp=block&"))
        .hasSize(1);
    assertThat(storage.gateway().log().since(before).entries())
        .anyMatch(r -> "bytes=0-1048575".equals(r.range()));
    assertThat(own.listBlobs()).isEmpty();
  }

  @Test
  void emptyPrefixIsAWarning() {
    DoctorReport report = examined("nothing/");
    Diagnosis finding = found(report, ConnectionProblem.CONTAINER_EMPTY);
    assertThat(finding.level()).isEqualTo(Diagnosis.Level.WARN);
    assertThat(finding.fix())
        .isEqualTo("Upload files or correct the prefix; read and copy could not be tried.");
    assertThat(statuses(report).subList(3, 5)).containsOnly(StepStatus.SKIP);
    assertThat(report.capabilities().list()).isEqualTo(Capability.OK);
    assertThat(report.capabilities().read()).isEqualTo(Capability.UNKNOWN);
    assertThat(report.status()).isEqualTo(ConnectionStatus.WARNING);
  }

  /** In a hierarchical account a whole page may hold folders only. */
  @Test
  void filesBehindAPageOfFoldersAreFound() {
    BlobContainerClient owner = storage.containers().client(StorageAccounts.SOURCE, CONTAINER);
    for (int i = 0; i <= 100; i++) {
      owner
          .getBlobClient("deep/d%03d".formatted(i))
          .getBlockBlobClient()
          .uploadWithResponse(
              new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(new byte[0]))
                  .setMetadata(Map.of("hdi_isfolder", "true")),
              null,
              Context.NONE);
    }
    assertThat(codes(examined("deep/"))).contains("CONTAINER_EMPTY");
    owner.getBlobClient("deep/z.jpg").upload(BinaryData.fromBytes(new byte[2_000]));

    DoctorReport report = examined("deep/");

    assertThat(codes(report)).doesNotContain("CONTAINER_EMPTY");
    assertThat(report.capabilities().read()).isEqualTo(Capability.OK);
    assertThat(report.capabilities().copy()).isEqualTo(Capability.OK);
  }

  @Test
  void filesWithoutBytesAreReadAndNotCopied() {
    DoctorReport report = examined("none/");
    assertThat(report.capabilities().read()).isEqualTo(Capability.OK);
    assertThat(report.capabilities().copy()).isEqualTo(Capability.UNKNOWN);
  }

  @Test
  void archivedFilesAreAWarning() {
    DoctorReport report = examined("cold/");
    Diagnosis finding = found(report, ConnectionProblem.READ_ARCHIVED);
    assertThat(finding.level()).isEqualTo(Diagnosis.Level.WARN);
    assertThat(finding.fix())
        .isEqualTo("Rehydrate the files to the hot or cool tier before scanning.");
    assertThat(statuses(report).get(4)).isEqualTo(StepStatus.SKIP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STATUS 403 AuthenticationFailed|SIGNATURE_INVALID|The account key was rotated or the token"
            + " was cut; create a new SAS token and save it.",
        "STATUS 403 KeyBasedAuthenticationNotPermitted|SHARED_KEY_DISABLED|Use a managed identity"
            + " or a user-delegation SAS; this account refuses account keys.",
        "STATUS 403 AuthorizationFailure|FIREWALL_BLOCKED|Allow Dorsal in the storage account's"
            + " network settings, or allow all networks for the import.",
        "STATUS 404 ContainerNotFound|CONTAINER_NOT_FOUND|Check the container name; {container}"
            + " does not exist in source.",
      })
  void refusedListingFailsEverything(String action, ConnectionProblem problem, String fix) {
    fault("GET comp=list&", action, null);

    DoctorReport report = examined("photos/");

    Diagnosis finding = found(report, problem);
    assertThat(finding.level()).isEqualTo(Diagnosis.Level.FAIL);
    assertThat(finding.fix()).isEqualTo(fix.replace("{container}", CONTAINER));
    assertThat(report.steps().get(2).azureCode()).isEqualTo(action.split(" ", -1)[2]);
    assertThat(statuses(report).subList(2, 5))
        .containsExactly(StepStatus.FAIL, StepStatus.SKIP, StepStatus.SKIP);
    assertThat(report.status()).isEqualTo(ConnectionStatus.BROKEN);
    assertThat(report.capabilities().list()).isEqualTo(Capability.FAIL);
    assertThat(report.capabilities().copy()).isEqualTo(Capability.FAIL);
  }

  @Test
  void refusedReadLeavesTheListing() {
    fault("GET /source/.*jpg", "STATUS 403 AuthorizationFailure", null);
    DoctorReport report = examined("photos/");
    assertThat(found(report, ConnectionProblem.FIREWALL_BLOCKED).capability())
        .containsExactly(Ability.READ, Ability.COPY);
    assertThat(report.capabilities().list()).isEqualTo(Capability.OK);
    assertThat(report.capabilities().read()).isEqualTo(Capability.FAIL);
  }

  @Test
  void identityWithoutItsRoleIsToldWhichOne() {
    fault("GET comp=list&", "STATUS 403 AuthorizationPermissionMismatch", null);
    var examination =
        new Examination(
            connection(AuthType.MANAGED_IDENTITY, endpoint()),
            null,
            Clock.systemUTC(),
            Instant.now());
    DoctorReport report =
        examination.run(probe(SasToken.parse(sas), endpoint(), "photos/"), Optional.empty());
    assertThat(found(report, ConnectionProblem.IDENTITY_ROLE_MISSING).fix())
        .isEqualTo(
            "Grant Dorsal's identity the role Storage Blob Data Reader on " + CONTAINER + ".");
  }

  /** Through the trial copy: the identity lists and reads, and may mint no link for the store. */
  @Test
  void identityWithoutTheDelegatorsRoleCopiesNothing() {
    fault("POST .*userdelegationkey", "STATUS 403 AuthorizationPermissionMismatch", null);
    Connection connection = connection(AuthType.MANAGED_IDENTITY, endpoint());
    var keys = new DelegationKeys(Clock.systemUTC());
    var probe =
        new Probe(
            connection,
            null,
            container -> ConnectionsForTests.container(endpoint(), container, SasToken.parse(sas)),
            file ->
                new ReadLink(
                    () -> {
                      var service = file.getContainerClient().getServiceClient();
                      throw new AssertionError(
                          keys.of(connection, service, Duration.ofMinutes(5)).getSignedObjectId());
                    },
                    Clock.systemUTC()),
            copies.run("a test", TraceContext.start()),
            new ConnectionWork.Place(CONTAINER, "photos/"));

    DoctorReport report =
        new Examination(connection, null, Clock.systemUTC(), Instant.now())
            .run(probe, Optional.empty());

    Diagnosis finding = found(report, ConnectionProblem.IDENTITY_DELEGATOR_MISSING);
    assertThat(finding.fix())
        .isEqualTo(
            "Grant Dorsal's identity the role Storage Blob Delegator on the storage account.");
    assertThat(report.capabilities().read()).isEqualTo(Capability.OK);
    assertThat(report.capabilities().copy()).isEqualTo(Capability.FAIL);
    assertThat(statuses(report).getLast()).isEqualTo(StepStatus.FAIL);
  }

  @Test
  void hostThatDoesNotExistIsTheAccountsName() {
    DoctorReport report =
        examined("http://nowhere.invalid/source", sas, "photos/", Clock.systemUTC());
    Diagnosis finding = found(report, ConnectionProblem.ACCOUNT_NOT_FOUND);
    assertThat(finding.fix()).isEqualTo("Check the account name; nowhere.invalid does not exist.");
    assertThat(statuses(report).get(1)).isEqualTo(StepStatus.FAIL);
    assertThat(report.status()).isEqualTo(ConnectionStatus.BROKEN);
  }

  @Test
  void busyStorageSaysNothingAboutTheConnection() {
    fault("GET comp=list&", "STATUS 503 ServerBusy", null);
    DoctorReport report = examined("photos/");
    assertThat(codes(report)).contains("SOURCE_BUSY");
    assertThat(report.status()).isEqualTo(ConnectionStatus.UNVERIFIED);
    assertThat(report.capabilities().list()).isEqualTo(Capability.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"290, -", "315, WARN", "895, WARN", "925, FAIL"})
  void clocksAreCompared(int seconds, String level) {
    Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-seconds));

    DoctorReport report = examined(endpoint(), sas, "photos/", slow);

    if (level.equals("-")) {
      assertThat(codes(report)).doesNotContain("CLOCK_SKEW");
      return;
    }
    Diagnosis finding = found(report, ConnectionProblem.CLOCK_SKEW);
    assertThat(finding.level().name()).isEqualTo(level);
    assertThat(finding.fix())
        .matches(
            "Tell your operator: the server clock is off by " + seconds / 10 + "\\d seconds\\.");
    assertThat(statuses(report).get(1).name()).isEqualTo(level);
    assertThat(statuses(report).get(2))
        .isEqualTo(level.equals("FAIL") ? StepStatus.SKIP : StepStatus.PASS);
  }

  @Test
  void clockOfTheStoreIsTheOneOfItsAnswers() {
    String yesterday =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().minus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC));
    storage
        .gateway()
        .faults()
        .add(new FaultRule("GET /source/", null, "HEADERS", 1, Map.of("Date", yesterday)));
    assertThat(found(examined("photos/"), ConnectionProblem.CLOCK_SKEW).level())
        .isEqualTo(Diagnosis.Level.FAIL);
  }

  @ParameterizedTest
  @CsvSource({"STATUS 503 ServerBusy", "STATUS 403 AuthenticationFailed", "RESET"})
  void ownStorageThatFailsIsNoFaultOfTheConnection(String action) {
    fault("PUT /store/", action, null);
    DoctorReport report = examined("photos/");
    Diagnosis finding = found(report, ConnectionProblem.COPY_TARGET_DOWN);
    assertThat(finding.level()).isEqualTo(Diagnosis.Level.FAIL);
    assertThat(finding.capability()).containsExactly(Ability.COPY);
    assertThat(finding.fix()).isEqualTo("Try again in a few minutes; your connection is fine.");
    assertThat(report.status()).isEqualTo(ConnectionStatus.WARNING);
    assertThat(report.capabilities().read()).isEqualTo(Capability.OK);
    assertThat(report.capabilities().copy()).isEqualTo(Capability.FAIL);
  }

  @Test
  void trialIsDeletedEvenWhereItDiffers() {
    fault("HEAD /store/", "STATUS 500 InternalError", 1);
    assertThat(examined("photos/").capabilities().copy()).isEqualTo(Capability.FAIL);
    assertThat(own.listBlobs()).isEmpty();
  }

  /** Scenario 4: the token's own address may list and read, the store may not copy. */
  @Test
  void addressThatMayListIsNotTheOneThatCopies() {
    DoctorReport report =
        examined(endpoint(), accountSas("sip=127.0.0.1"), "photos/", Clock.systemUTC());
    Diagnosis finding = found(report, ConnectionProblem.SAS_IP_RESTRICTED);
    assertThat(finding.level()).isEqualTo(Diagnosis.Level.FAIL);
    assertThat(finding.capability()).containsExactly(Ability.COPY);
    assertThat(report.capabilities().copy()).isEqualTo(Capability.FAIL);
    assertThat(statuses(report).subList(2, 5))
        .containsExactly(StepStatus.PASS, StepStatus.PASS, StepStatus.SKIP);
    assertThat(report.capabilities().list()).isEqualTo(Capability.WARN);
  }

  @Test
  void storageThatHangsIsNotWaitedFor() {
    fault("GET comp=list&", "DELAY 40000", null);
    long start = System.nanoTime();
    DoctorReport report = examined("photos/");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    assertThat(codes(report)).contains("SOURCE_BUSY");
  }

  private static String accountSas(String more) {
    return storage
        .containers()
        .readSas(StorageAccounts.SOURCE, CONTAINER, Duration.ofDays(90), more);
  }

  private static DoctorReport examined(String prefix) {
    return examined(endpoint(), sas, prefix, Clock.systemUTC());
  }

  private static DoctorReport examined(String endpoint, String token, String prefix, Clock clock) {
    SasToken parsed = SasToken.parse(token);
    return new Examination(connection(AuthType.SAS_TOKEN, endpoint), parsed, clock, clock.instant())
        .run(probe(parsed, endpoint, prefix), Optional.empty());
  }

  private static Probe probe(SasToken token, String endpoint, String prefix) {
    Connection connection = connection(AuthType.SAS_TOKEN, endpoint);
    return new Probe(
        connection,
        token,
        container -> ConnectionsForTests.container(endpoint, container, token),
        file -> ConnectionsForTests.links().to(connection, new Credential.Sas(token), file),
        copies.run("a test", TraceContext.start()),
        new ConnectionWork.Place(CONTAINER, prefix));
  }

  private static Connection connection(AuthType type, String endpoint) {
    var given = ConnectionsForTests.unsaved(UUID.randomUUID(), endpoint, List.of(CONTAINER));
    return ConnectionsForTests.signingIn(given, type);
  }

  private static String endpoint() {
    return storage.containers().endpoint(StorageAccounts.SOURCE);
  }

  private static void fault(String match, String action, @Nullable Integer times) {
    storage.gateway().faults().add(new FaultRule(match, null, action, times));
  }

  private static List<StepStatus> statuses(DoctorReport report) {
    return report.steps().stream().map(DoctorReport.Step::status).toList();
  }

  private static List<String> codes(DoctorReport report) {
    return report.findings().stream().map(finding -> finding.code().name()).toList();
  }

  private static Diagnosis found(DoctorReport report, ConnectionProblem problem) {
    return report.findings().stream()
        .filter(finding -> finding.code() == problem)
        .findFirst()
        .orElseThrow(() -> new AssertionError(problem + " is not among " + report));
  }
}
