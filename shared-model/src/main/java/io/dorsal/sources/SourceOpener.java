package io.dorsal.sources;

import io.dorsal.connections.BlobAccess;
import io.dorsal.connections.Connection;
import io.dorsal.connections.Connections;
import io.dorsal.connections.Credential;
import io.dorsal.operations.TraceContext;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Opens the archive behind a connection. Thread-safe. */
@Component
public class SourceOpener {

  private final Connections connections;
  private final BlobAccess access;
  private final Clock clock;

  SourceOpener(Connections connections, BlobAccess access, Clock clock) {
    this.connections = connections;
    this.access = access;
    this.clock = clock;
  }

  /**
   * The source with the connection's newest credential.
   *
   * @param root what every path of the source is relative to
   * @param trace told to the store with every request
   */
  public Source open(
      UUID tenantId, UUID connectionId, String container, String root, TraceContext trace) {
    Connection connection = connections.forWork(tenantId, connectionId);
    Credential credential = access.credentialOf(connection);
    return new BlobSource(
        access.container(connection, credential, container, trace),
        root,
        credential instanceof Credential.Sas(var token) ? token : null,
        connection.authType(),
        clock);
  }
}
