package io.dorsal.connections;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** Seals a connection's secret and opens it again. Thread-safe. */
@Component
class ConnectionSecrets {

  private final SecretVault vault;
  private final TenantKeys tenants;

  ConnectionSecrets(SecretVault vault, TenantKeys tenants) {
    this.vault = vault;
    this.tenants = tenants;
  }

  /** The connection with this secret as its newest, unchecked. */
  Connection sealed(Connection connection, Credential credential, Instant now) {
    if (credential instanceof Credential.Identity) {
      return connection.withSecret(credential.authType(), SealedSecret.NONE, "", null, now);
    }
    String where = connection.associatedData(connection.secretVersion() + 1);
    return connection.withSecret(
        credential.authType(),
        vault.seal(credential.secret(), where),
        fingerprint(connection.tenantId(), credential.secret()),
        credential instanceof Credential.Sas(SasToken sas) ? sas : null,
        now);
  }

  /** The credential of a connection, opened. */
  Credential opened(Connection connection) {
    if (connection.authType() == AuthType.MANAGED_IDENTITY) {
      return new Credential.Identity();
    }
    String secret =
        vault.open(
            new SealedSecret(
                connection.sealedSecret(), connection.wrappedKey(), connection.wrappingKey()),
            connection.associatedData(connection.secretVersion()));
    return secret.startsWith("AccountName=")
        ? Credential.parse(AuthType.CONNECTION_STRING, secret)
        : Credential.parse(AuthType.SAS_TOKEN, secret);
  }

  /** Eight hex digits that tell two secrets of a tenant apart and reveal nothing. */
  String fingerprint(UUID tenantId, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(tenants.of(tenantId), "HmacSHA256"));
      byte[] print = mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(print, 0, 4);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
