package io.dorsal.connections;

import io.dorsal.connections.WrappingKey.Wrapped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Seals a connection's secret and opens it again. Thread-safe. */
@Component
class ConnectionSecrets {

  private static final Logger log = LoggerFactory.getLogger(ConnectionSecrets.class);

  private final SecretVault vault;
  private final TenantKeys tenants;
  private final KeyParts parts;

  ConnectionSecrets(SecretVault vault, TenantKeys tenants, KeyParts parts) {
    this.vault = vault;
    this.tenants = tenants;
    this.parts = parts;
  }

  /** The connection with this secret as its newest, unchecked. */
  Connection sealed(Connection connection, Credential credential, Instant now) {
    if (credential instanceof Credential.Identity) {
      return connection.withSecret(credential.authType(), SealedSecret.NONE, "", null, now);
    }
    String where = connection.associatedData(connection.secretVersion() + 1);
    byte[] part = parts.made(connection.tenantId(), connection.id());
    SealedSecret sealed = vault.seal(credential.secret(), where);
    return connection.withSecret(
        credential.authType(),
        sealed.with(sealed.wrapped().under(part, where)),
        fingerprint(connection.tenantId(), credential.secret()),
        credential instanceof Credential.Sas(SasToken sas) ? sas : null,
        now);
  }

  /** The credential of a connection, opened. */
  Credential opened(Connection connection) {
    if (connection.authType() == AuthType.MANAGED_IDENTITY) {
      return new Credential.Identity();
    }
    String where = connection.associatedData(connection.secretVersion());
    byte[] part = parts.of(connection.tenantId(), connection.id());
    SealedSecret sealed = connection.sealed();
    String secret = vault.open(sealed.with(sealed.wrapped().without(part, where)), where);
    return secret.startsWith("AccountName=")
        ? Credential.parse(AuthType.CONNECTION_STRING, secret)
        : Credential.parse(AuthType.SAS_TOKEN, secret);
  }

  /**
   * The data key of a connection's secret under the newest wrapping key, with its part as before.
   *
   * @param place where the secret belongs
   * @throws IllegalStateException where the part or the older wrapping key is gone
   */
  Wrapped rewrapped(UUID tenantId, UUID connectionId, Wrapped wrapped, String place) {
    byte[] part = parts.of(tenantId, connectionId);
    return vault.rewrapped(wrapped.without(part, place), place).under(part, place);
  }

  /**
   * Of a deleted connection nothing opens secrets any more, nor copies of them. What fails is done
   * by the next {@link KeyPartSweep}.
   */
  void forget(Connection deleted) {
    try {
      parts.delete(deleted.tenantId(), deleted.id());
    } catch (RuntimeException e) {
      log.warn("The part of the key of deleted connection {} is not deleted yet", deleted.id(), e);
    }
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
