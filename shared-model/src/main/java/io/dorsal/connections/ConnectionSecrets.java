package io.dorsal.connections;

import java.time.Instant;
import org.springframework.stereotype.Component;

/** Seals a connection's secret and opens it again. Thread-safe. */
@Component
class ConnectionSecrets {

  private final SecretVault vault;

  ConnectionSecrets(SecretVault vault) {
    this.vault = vault;
  }

  /** The connection with this secret as its newest, unchecked. */
  Connection sealed(Connection connection, Credential credential, Instant now) {
    String where = connection.associatedData(connection.secretVersion() + 1);
    return connection.withSecret(
        credential.authType(),
        vault.seal(credential.secret(), where),
        vault.fingerprint(connection.tenantId(), credential.secret()),
        credential instanceof Credential.Sas(SasToken sas) ? sas : null,
        now);
  }

  /** The credential of a connection, opened. */
  Credential opened(Connection connection) {
    String secret =
        vault.open(
            new SealedSecret(connection.sealedSecret(), connection.wrappedKey()),
            connection.associatedData(connection.secretVersion()));
    return secret.startsWith("AccountName=")
        ? Credential.parse(AuthType.CONNECTION_STRING, secret)
        : Credential.parse(AuthType.SAS_TOKEN, secret);
  }
}
