package io.dorsal.connections;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A key to somebody's storage account, and what is known about it. The secret itself is sealed; no
 * getter opens it.
 *
 * @param version null before the first save
 * @param containers allow list; empty means all the credential can see
 * @param secretVersion rises with each new secret
 */
@Table("connection")
public record Connection(
    @Id UUID id,
    @Version @Nullable Integer version,
    UUID tenantId,
    String name,
    String nameKey,
    String kind,
    AuthType authType,
    String accountName,
    String blobEndpoint,
    List<String> containers,
    ConnectionStatus status,
    @Nullable Instant expiresAt,
    int secretVersion,
    String secretFingerprint,
    byte[] sealedSecret,
    byte[] wrappedKey,
    @Embedded(onEmpty = Embedded.OnEmpty.USE_EMPTY, prefix = "can_") Capabilities capabilities,
    @Embedded(onEmpty = Embedded.OnEmpty.USE_NULL, prefix = "finding_") @Nullable Finding finding,
    @Nullable Instant checkedAt,
    String createdBy,
    Instant createdAt,
    Instant updatedAt) {

  /** The form of a name in which it is unique within a tenant. */
  static String nameKey(String name) {
    return java.text.Normalizer.normalize(name.strip(), java.text.Normalizer.Form.NFC)
        .toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a container may have this name: 3 to 63 lower-case letters, digits and single hyphens,
   * or one of the store's own such as {@code $root}.
   */
  public static boolean isContainerName(String name) {
    return name.length() >= 3
        && name.length() <= 63
        && name.matches("[a-z0-9]+(?:-[a-z0-9]+)*|\\$(?:root|web|logs)");
  }

  /** Whether scans can work with it: nothing they need was seen to fail. */
  public boolean scannable() {
    return status != ConnectionStatus.DISABLED
        && capabilities.list() != Capability.FAIL
        && capabilities.read() != Capability.FAIL;
  }

  Connection checked(ConnectionReport report, Instant now) {
    return new Connection(
        id,
        version,
        tenantId,
        name,
        nameKey,
        kind,
        authType,
        accountName,
        blobEndpoint,
        containers,
        report.status(),
        expiresAt,
        secretVersion,
        secretFingerprint,
        sealedSecret,
        wrappedKey,
        report.capabilities(),
        report.finding(),
        now,
        createdBy,
        createdAt,
        now);
  }

  Connection withSecret(
      AuthType type,
      SealedSecret sealed,
      String fingerprint,
      @Nullable Instant expires,
      Instant now) {
    return new Connection(
        id,
        version,
        tenantId,
        name,
        nameKey,
        kind,
        type,
        accountName,
        blobEndpoint,
        containers,
        ConnectionStatus.UNVERIFIED,
        expires,
        secretVersion + 1,
        fingerprint,
        sealed.ciphertext(),
        sealed.wrappedKey(),
        Capabilities.UNKNOWN,
        null,
        null,
        createdBy,
        createdAt,
        now);
  }

  /** Binds the sealed secret to its place, so that it cannot be opened as another connection's. */
  String associatedData(int version) {
    return tenantId + "|" + id + "|" + version;
  }
}
