package io.dorsal.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import io.dorsal.connections.AuthType;
import io.dorsal.connections.ConnectionProblem;
import io.dorsal.connections.ConnectionsForTests;
import io.dorsal.connections.SasToken;
import io.dorsal.local.ServersForTests;
import io.dorsal.local.process.Ports;
import io.dorsal.local.storage.FaultRule;
import io.dorsal.local.storage.StorageAccounts;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class BlobSourceIntegrationTests extends SourceContract {

  private static final String CONTAINER = "contract-" + UUID.randomUUID();

  private static ServersForTests.Storage storage;
  private static BlobContainerClient owner;
  private static String sas;

  @BeforeAll
  static void fill(ServersForTests.Storage servers) {
    storage = servers;
    owner = servers.containers().client(StorageAccounts.SOURCE, CONTAINER);
    owner.create();
    sas = servers.containers().readSas(StorageAccounts.SOURCE, CONTAINER, Duration.ofHours(1));
  }

  @AfterEach
  void mend() {
    storage.gateway().faults().clear();
  }

  @Override
  Source source(String root, int page) {
    return opened(
        storage.containers().endpoint(StorageAccounts.SOURCE), CONTAINER, sas, root, page);
  }

  @Override
  void put(String name, byte[] content) {
    owner.getBlobClient(name).upload(BinaryData.fromBytes(content), true);
  }

  @Override
  void delete(String name) {
    owner.getBlobClient(name).delete();
  }

  private static Source opened(
      String endpoint, String container, String sas, String root, int page) {
    SasToken token = SasToken.parse(sas);
    return new BlobSource(
        ConnectionsForTests.container(endpoint, container, token),
        root,
        token,
        AuthType.SAS_TOKEN,
        Clock.systemUTC(),
        page);
  }

  private static Source with(String container, String sas) {
    return opened(storage.containers().endpoint(StorageAccounts.SOURCE), container, sas, "", 10);
  }

  @Test
  void expiredTokenIsToldApart() {
    put("expiry.txt", new byte[3]);
    String old =
        storage.containers().readSas(StorageAccounts.SOURCE, CONTAINER, Duration.ofMinutes(-1));
    Source expired = with(CONTAINER, old);
    assertThat(refuses(SourceException.Kind.AUTH, () -> expired.list("", null)).problem())
        .isEqualTo(ConnectionProblem.SAS_EXPIRED);
    assertThat(refuses(SourceException.Kind.AUTH, () -> expired.stat("expiry.txt")).problem())
        .isEqualTo(ConnectionProblem.SAS_EXPIRED);
    SourceException read =
        refuses(SourceException.Kind.AUTH, () -> expired.read("expiry.txt", "\"1\"", 0, 1));
    assertThat(read.problem()).isEqualTo(ConnectionProblem.SAS_EXPIRED);
    assertThat(read).hasMessageNotContaining("sig=");
  }

  @Test
  void cutTokenIsRefused() {
    Source cut = with(CONTAINER, sas.substring(0, sas.indexOf("sig=") + 4) + "AAAA");
    // Azure says AuthenticationFailed, the emulator AuthorizationFailure, as a firewall does.
    assertThat(refuses(SourceException.Kind.AUTH, () -> cut.list("", null)).problem())
        .isIn(ConnectionProblem.SIGNATURE_INVALID, ConnectionProblem.FIREWALL_BLOCKED);
  }

  @Test
  void containerThatIsNotThereIsUnavailable() {
    String missing = "missing-" + UUID.randomUUID();
    Source source =
        with(
            missing,
            storage.containers().readSas(StorageAccounts.SOURCE, missing, Duration.ofHours(1)));
    assertThat(refuses(SourceException.Kind.UNAVAILABLE, () -> source.list("", null)).problem())
        .isEqualTo(ConnectionProblem.SOURCE_UNAVAILABLE);
    refuses(SourceException.Kind.UNAVAILABLE, () -> source.read("a", "\"1\"", 0, 1));
    // A look's answer has no body; where the store names no cause, only the file is known missing.
    refuses(SourceException.Kind.UNAVAILABLE, () -> source.stat("a"));
  }

  @Test
  void hostThatDoesNotExistIsUnavailable() {
    Source nowhere = opened("http://nowhere.invalid/source", CONTAINER, sas, "", 10);
    refuses(SourceException.Kind.UNAVAILABLE, () -> nowhere.list("", null));
  }

  @Test
  void hostThatIsSilentIsBusy() {
    Source silent = opened("http://127.0.0.1:" + Ports.free() + "/source", CONTAINER, sas, "", 10);
    assertThat(refuses(SourceException.Kind.BUSY, () -> silent.list("", null)).problem())
        .isEqualTo(ConnectionProblem.SOURCE_BUSY);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "STATUS 503 ServerBusy, BUSY, SOURCE_BUSY",
        "STATUS 500 InternalError, BUSY, SOURCE_BUSY",
        "STATUS 429, BUSY, SOURCE_BUSY",
        "RESET, BUSY, SOURCE_BUSY",
        "STATUS 403 AuthorizationFailure, AUTH, FIREWALL_BLOCKED",
        "STATUS 409 BlobArchived, ARCHIVED, SOURCE_ARCHIVED",
        "STATUS 409 BlobBeingRehydrated, ARCHIVED, SOURCE_ARCHIVED",
        "STATUS 409 ContainerBeingDeleted, UNAVAILABLE, SOURCE_UNAVAILABLE",
        "STATUS 404 BlobNotFound, MISSING, SOURCE_FILE_MISSING",
        "STATUS 400 InvalidInput, BUSY, -",
      })
  void answersOfTheStoreMeanWhatTheTableSays(
      String action, SourceException.Kind kind, @Nullable ConnectionProblem problem) {
    storage.gateway().faults().add(new FaultRule("GET faulty", null, action, null));
    Source source = with(CONTAINER, sas);
    assertThat(refuses(kind, () -> source.read("faulty", "\"1\"", 0, 1)).problem())
        .isEqualTo(problem);
  }
}
