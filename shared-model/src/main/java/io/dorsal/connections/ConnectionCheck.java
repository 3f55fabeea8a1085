package io.dorsal.connections;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.dorsal.operations.TraceContext;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tries a connection as a scan would: what its token says, then one real page, then one real range.
 * A step that fails leaves the later ones untried. Thread-safe.
 */
@Component
class ConnectionCheck {

  private static final int SAMPLE = 100;

  private final BlobAccess access;
  private final Clock clock;

  ConnectionCheck(BlobAccess access, Clock clock) {
    this.access = access;
    this.clock = clock;
  }

  ConnectionReport run(Connection connection, Credential credential) {
    SasToken sas = credential instanceof Credential.Sas(SasToken token) ? token : null;
    Optional<ConnectionProblem> said = sas == null ? Optional.empty() : whatTheTokenSays(sas);
    if (said.isPresent()) {
      return failed(connection, sas, said.get(), "The token itself says so: " + sas + ".", 0);
    }
    if (connection.containers().isEmpty()) {
      return new ConnectionReport(ConnectionStatus.UNVERIFIED, Capabilities.UNKNOWN, null);
    }
    var container =
        access.container(
            connection, credential, connection.containers().getFirst(), TraceContext.current());
    return tried(connection, sas, container);
  }

  private Optional<ConnectionProblem> whatTheTokenSays(SasToken sas) {
    var now = clock.instant();
    if (sas.expiresAt().filter(expiry -> !expiry.isAfter(now)).isPresent()) {
      return Optional.of(ConnectionProblem.SAS_EXPIRED);
    }
    if (sas.startsAt().filter(s -> s.isAfter(now.plus(Duration.ofMinutes(1)))).isPresent()) {
      return Optional.of(ConnectionProblem.SAS_NOT_YET_VALID);
    }
    if (sas.forSingleFile()) {
      return Optional.of(ConnectionProblem.SAS_SCOPE_BLOB);
    }
    if (sas.lacksBlobService()) {
      return Optional.of(ConnectionProblem.SAS_SERVICE_MISSING);
    }
    if (sas.lacksResourceType('c') || sas.lacksResourceType('o')) {
      return Optional.of(ConnectionProblem.SAS_RESOURCE_TYPES);
    }
    if (!sas.permits('l')) {
      return Optional.of(ConnectionProblem.SAS_MISSING_LIST);
    }
    return sas.permits('r') ? Optional.empty() : Optional.of(ConnectionProblem.SAS_MISSING_READ);
  }

  private ConnectionReport tried(
      Connection connection, @Nullable SasToken sas, BlobContainerClient container) {
    List<BlobItem> listed;
    try {
      var options = new ListBlobsOptions().setMaxResultsPerPage(SAMPLE);
      listed =
          container.listBlobs(options, null).iterableByPage(SAMPLE).iterator().next().getValue();
    } catch (RuntimeException e) {
      return refused(connection, sas, e, true);
    }
    Optional<BlobItem> readable =
        listed.stream().filter(blob -> blob.getProperties().getContentLength() > 0).findFirst();
    try {
      readable.ifPresent(blob -> readOneRange(container, blob));
    } catch (RuntimeException e) {
      return refused(connection, sas, e, false);
    }
    var read = readable.isPresent() ? Capability.OK : Capability.UNKNOWN;
    var seen = new Capabilities(Capability.OK, Capability.UNKNOWN, read, Capability.UNKNOWN);
    return new ConnectionReport(ConnectionStatus.OK, seen, null);
  }

  private static void readOneRange(BlobContainerClient container, BlobItem blob) {
    long length = Math.min(1_024, blob.getProperties().getContentLength());
    container
        .getBlobClient(blob.getName())
        .downloadStreamWithResponse(
            new ByteArrayOutputStream(),
            new BlobRange(0, length),
            null,
            null,
            false,
            null,
            com.azure.core.util.Context.NONE);
  }

  private ConnectionReport refused(
      Connection connection, @Nullable SasToken sas, RuntimeException failure, boolean listing) {
    var now = clock.instant();
    var asked = listing ? StorageAnswer.Asked.LIST : StorageAnswer.Asked.READ;
    StorageAnswer answer = StorageAnswer.of(asked, failure, now);
    var shown =
        switch (ErrorMapping.verdict(answer, sas, connection.authType(), now)) {
          case StorageVerdict.Refused refused -> refused.problem();
          case StorageVerdict.StreamInstead() -> ConnectionProblem.SOURCE_BUSY;
          case StorageVerdict.Unforeseen() -> ConnectionProblem.SOURCE_BUSY;
        };
    if (shown == ConnectionProblem.SOURCE_UNAVAILABLE) {
      shown =
          answer.hostUnknown()
              ? ConnectionProblem.ACCOUNT_NOT_FOUND
              : ConnectionProblem.CONTAINER_NOT_FOUND;
    }
    return failed(connection, sas, shown, answer.sentence(), listing ? 0 : 1);
  }

  /**
   * @param passed how many of the steps list and read had passed
   */
  private static ConnectionReport failed(
      Connection connection,
      @Nullable SasToken sas,
      ConnectionProblem problem,
      String detail,
      int passed) {
    boolean readOnlyFails = passed > 0 || problem == ConnectionProblem.SAS_MISSING_READ;
    var list =
        problem == ConnectionProblem.SAS_MISSING_READ
            ? Capability.UNKNOWN
            : passed > 0 ? Capability.OK : Capability.FAIL;
    var capabilities =
        new Capabilities(
            list,
            Capability.UNKNOWN,
            readOnlyFails || problem != ConnectionProblem.SAS_MISSING_LIST
                ? Capability.FAIL
                : Capability.UNKNOWN,
            Capability.UNKNOWN);
    var status =
        problem == ConnectionProblem.SAS_EXPIRED
            ? ConnectionStatus.EXPIRED
            : ConnectionStatus.BROKEN;
    return new ConnectionReport(
        status, capabilities, new Finding(problem.name(), detail, problem.fixFor(connection, sas)));
  }
}
