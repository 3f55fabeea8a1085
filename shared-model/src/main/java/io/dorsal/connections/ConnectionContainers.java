package io.dorsal.connections;

import com.azure.storage.blob.models.BlobContainerItem;
import io.dorsal.access.Caller;
import io.dorsal.operations.TraceContext;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which containers a connection opens, asked of the storage account itself. Thread-safe. */
@Component
public class ConnectionContainers {

  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final Connections connections;
  private final BlobAccess access;
  private final Clock clock;

  ConnectionContainers(Connections connections, BlobAccess access, Clock clock) {
    this.connections = connections;
    this.access = access;
    this.clock = clock;
  }

  /**
   * The names now, in their order; only allowed ones where the connection has an allow list.
   *
   * @throws ProblemException NOT_FOUND, CONTAINER_LIST_NOT_ALLOWED, CONNECTION_BROKEN where the
   *     account refuses the credential as such, UPSTREAM_ERROR where it does not answer
   */
  public List<String> of(Caller caller, UUID id) {
    Connection connection = connections.get(caller, id);
    Credential credential = access.credentialOf(connection);
    if (credential instanceof Credential.Sas(SasToken sas) && !listsContainers(sas)) {
      throw notAllowed();
    }
    List<String> allowed = connection.containers();
    return listed(connection, credential).stream()
        .filter(name -> allowed.isEmpty() || allowed.contains(name))
        .sorted()
        .toList();
  }

  /** Only an account's token can: for the service and with the List permission. */
  private static boolean listsContainers(SasToken sas) {
    return sas.kind().equals("ACCOUNT") && !sas.lacksResourceType('s') && sas.permits('l');
  }

  private List<String> listed(Connection connection, Credential credential) {
    try {
      return access
          .service(connection, credential, TraceContext.current())
          .listBlobContainers(null, PATIENCE)
          .stream()
          .map(BlobContainerItem::getName)
          .toList();
    } catch (RuntimeException e) {
      throw refused(connection, credential, e);
    }
  }

  private ProblemException refused(
      Connection connection, Credential credential, RuntimeException failure) {
    SasToken sas = credential instanceof Credential.Sas(SasToken token) ? token : null;
    var now = clock.instant();
    var answer = StorageAnswer.of(StorageAnswer.Asked.LIST, failure, now);
    return switch (ErrorMapping.verdict(answer, sas, connection.authType(), now)) {
      case StorageVerdict.Refused refused when !refused.retryable() ->
          switch (refused.problem()) {
            case SAS_MISSING_LIST, SAS_RESOURCE_TYPES, IDENTITY_ROLE_MISSING -> notAllowed();
            default -> broken(refused.problem(), connection, sas);
          };
      case StorageVerdict.Refused _, StorageVerdict.StreamInstead _, StorageVerdict.Unforeseen _ ->
          new ProblemException(
              GeneralProblem.UPSTREAM_ERROR, "The storage account did not answer.", failure);
    };
  }

  private static ProblemException broken(
      ConnectionProblem problem, Connection connection, @Nullable SasToken sas) {
    return new ProblemException(
        ConnectionProblem.CONNECTION_BROKEN,
        problem.title(),
        Map.of("cause", problem.name(), "fix", problem.fixFor(connection, sas)));
  }

  private static ProblemException notAllowed() {
    return new ProblemException(
        ConnectionProblem.CONTAINER_LIST_NOT_ALLOWED,
        ConnectionProblem.CONTAINER_LIST_NOT_ALLOWED.title());
  }
}
