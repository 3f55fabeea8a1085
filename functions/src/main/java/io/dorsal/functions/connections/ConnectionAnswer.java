package io.dorsal.functions.connections;

import io.dorsal.connections.AuthType;
import io.dorsal.connections.Capabilities;
import io.dorsal.connections.Connection;
import io.dorsal.connections.ConnectionKind;
import io.dorsal.connections.ConnectionStatus;
import io.dorsal.connections.Finding;
import io.dorsal.connections.SasFacts;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection as it is shown.
 *
 * @param secretFingerprint tells two secrets apart and reveals neither
 */
record ConnectionAnswer(
    UUID id,
    String name,
    ConnectionKind kind,
    String accountName,
    String blobEndpoint,
    AuthType authType,
    List<String> containers,
    ConnectionStatus status,
    @Nullable Instant expiresAt,
    boolean secretSet,
    String secretFingerprint,
    int secretVersion,
    @Nullable SasFacts sas,
    Capabilities capabilities,
    @Nullable Finding finding,
    @Nullable Instant checkedAt,
    String createdBy,
    Instant createdAt,
    Instant updatedAt) {

  static ConnectionAnswer of(Connection connection) {
    return new ConnectionAnswer(
        connection.id(),
        connection.name(),
        connection.kind(),
        connection.accountName(),
        connection.blobEndpoint(),
        connection.authType(),
        connection.containers(),
        connection.status(),
        connection.expiresAt(),
        connection.sealedSecret().length > 0,
        connection.secretFingerprint(),
        connection.secretVersion(),
        connection.sas() == null ? null : SasFacts.of(connection.sas()),
        connection.capabilities(),
        connection.finding(),
        connection.checkedAt(),
        connection.createdBy(),
        connection.createdAt(),
        connection.updatedAt());
  }
}
