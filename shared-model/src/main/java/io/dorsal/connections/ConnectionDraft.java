package io.dorsal.connections;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection on its way to its next state. Not thread-safe. */
final class ConnectionDraft {

  private final Connection before;
  private final Instant now;
  private String name;
  private AuthType authType;
  private String accountName;
  private String blobEndpoint;
  private List<String> containers;
  private ConnectionStatus status;
  private @Nullable Instant expiresAt;
  private @Nullable String sas;
  private int secretVersion;
  private String secretFingerprint;
  private SealedSecret sealed;
  private Capabilities capabilities;
  private @Nullable Finding finding;
  private @Nullable Instant checkedAt;
  private @Nullable Instant deletedAt;

  ConnectionDraft(Connection before, Instant now) {
    this.before = before;
    this.now = now;
    name = before.name();
    authType = before.authType();
    accountName = before.accountName();
    blobEndpoint = before.blobEndpoint();
    containers = before.containers();
    status = before.status();
    expiresAt = before.expiresAt();
    sas = before.sas();
    secretVersion = before.secretVersion();
    secretFingerprint = before.secretFingerprint();
    sealed = before.sealed();
    capabilities = before.capabilities();
    finding = before.finding();
    checkedAt = before.checkedAt();
    deletedAt = before.deletedAt();
  }

  ConnectionDraft name(String value) {
    name = value;
    return this;
  }

  ConnectionDraft authType(AuthType value) {
    authType = value;
    return this;
  }

  ConnectionDraft location(String account, String endpoint, List<String> allowed) {
    accountName = account;
    blobEndpoint = endpoint;
    containers = allowed;
    return this;
  }

  ConnectionDraft status(ConnectionStatus value) {
    status = value;
    return this;
  }

  ConnectionDraft expiresAt(@Nullable Instant value) {
    expiresAt = value;
    return this;
  }

  ConnectionDraft sas(@Nullable String value) {
    sas = value;
    return this;
  }

  ConnectionDraft secretVersion(int version, String fingerprint) {
    secretVersion = version;
    secretFingerprint = fingerprint;
    return this;
  }

  ConnectionDraft sealed(SealedSecret value) {
    sealed = value;
    return this;
  }

  ConnectionDraft capabilities(Capabilities value) {
    capabilities = value;
    return this;
  }

  ConnectionDraft finding(@Nullable Finding value) {
    finding = value;
    return this;
  }

  ConnectionDraft checkedAt(Instant value) {
    checkedAt = value;
    return this;
  }

  ConnectionDraft deletedAt(Instant value) {
    deletedAt = value;
    return this;
  }

  /** Nothing is known of it yet; switched off it stays. */
  ConnectionDraft unchecked() {
    status =
        status == ConnectionStatus.DISABLED
            ? ConnectionStatus.DISABLED
            : ConnectionStatus.UNVERIFIED;
    capabilities = Capabilities.UNKNOWN;
    finding = null;
    checkedAt = null;
    return this;
  }

  Connection done() {
    return new Connection(
        before.id(),
        before.version(),
        before.tenantId(),
        name,
        Connection.nameKey(name),
        before.kind(),
        authType,
        accountName,
        blobEndpoint,
        containers,
        status,
        expiresAt,
        sas,
        secretVersion,
        secretFingerprint,
        sealed.ciphertext(),
        sealed.wrappedKey(),
        sealed.wrappingKey(),
        capabilities,
        finding,
        checkedAt,
        before.createdBy(),
        before.createdAt(),
        now,
        deletedAt);
  }
}
