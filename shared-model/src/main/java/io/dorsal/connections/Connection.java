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
 * @param sas what a SAS token says, without its signature; null for other credentials
 * @param secretVersion rises with each new secret
 * @param wrappingKey which key wrapped the data key of the secret, and which version of it
 * @param deletedAt when a person deleted it, and its secret with it; scans and sources of old still
 *     name it
 */
@Table("connection")
public record Connection(
    @Id UUID id,
    @Version @Nullable Integer version,
    UUID tenantId,
    String name,
    String nameKey,
    ConnectionKind kind,
    AuthType authType,
    String accountName,
    String blobEndpoint,
    List<String> containers,
    ConnectionStatus status,
    @Nullable Instant expiresAt,
    @Nullable String sas,
    int secretVersion,
    String secretFingerprint,
    byte[] sealedSecret,
    byte[] wrappedKey,
    String wrappingKey,
    @Embedded(onEmpty = Embedded.OnEmpty.USE_EMPTY, prefix = "can_") Capabilities capabilities,
    @Embedded(onEmpty = Embedded.OnEmpty.USE_NULL, prefix = "finding_") @Nullable Finding finding,
    @Nullable Instant checkedAt,
    String createdBy,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  /** The secret at rest. */
  SealedSecret sealed() {
    return new SealedSecret(sealedSecret, wrappedKey, wrappingKey);
  }

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
    return deletedAt == null
        && status != ConnectionStatus.DISABLED
        && capabilities.list() != Capability.FAIL
        && capabilities.read() != Capability.FAIL;
  }

  /**
   * Whether its newest check passed, so that what waits for it may go on: of one that nobody could
   * reach, nothing is known.
   */
  public boolean passed() {
    return scannable() && (status == ConnectionStatus.OK || status == ConnectionStatus.WARNING);
  }

  /** A check came to an end; a connection that a person switched off stays so. */
  Connection checked(ConnectionReport report, Instant now) {
    var shown = status == ConnectionStatus.DISABLED ? status : report.status();
    return changed(now)
        .status(shown)
        .capabilities(report.capabilities())
        .finding(report.finding())
        .checkedAt(now)
        .done();
  }

  Connection withSecret(
      AuthType type,
      SealedSecret sealed,
      String fingerprint,
      @Nullable SasToken token,
      Instant now) {
    return changed(now)
        .authType(type)
        .sealed(sealed)
        .secretVersion(secretVersion + 1, fingerprint)
        .expiresAt(token == null ? null : token.expiresAt().orElse(null))
        .sas(token == null ? null : token.unsigned())
        .unchecked()
        .done();
  }

  Connection renamed(String to, Instant now) {
    return changed(now).name(to).done();
  }

  /** What was found out about it before no longer counts. */
  Connection pointedAt(String account, String endpoint, List<String> to, Instant now) {
    return changed(now).location(account, endpoint, to).unchecked().done();
  }

  Connection disabled(Instant now) {
    return changed(now).status(ConnectionStatus.DISABLED).done();
  }

  Connection enabled(Instant now) {
    return changed(now).status(ConnectionStatus.UNVERIFIED).done();
  }

  /** The secret came to its end. */
  Connection expired(Instant now) {
    SasToken told = sas == null ? null : new SasToken(sas, SasToken.parametersOf(sas), null, null);
    var problem = ConnectionProblem.SAS_EXPIRED;
    String detail = "The token ended at " + expiresAt + ".";
    return changed(now)
        .status(ConnectionStatus.EXPIRED)
        .capabilities(capabilities.without(problem.takesAway()))
        .finding(new Finding(problem.name(), detail, problem.fixFor(this, told)))
        .done();
  }

  /** Forgets the secret and the key that opens it; what is left is history. */
  Connection deleted(Instant now) {
    return changed(now)
        .sealed(SealedSecret.NONE)
        .status(ConnectionStatus.DISABLED)
        .deletedAt(now)
        .done();
  }

  private ConnectionDraft changed(Instant now) {
    return new ConnectionDraft(this, now);
  }

  /** Binds the sealed secret to its place, so that it cannot be opened as another connection's. */
  String associatedData(int version) {
    return tenantId + "|" + id + "|" + version;
  }
}
