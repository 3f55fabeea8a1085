package io.dorsal.connections;

import io.dorsal.problem.Problem;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with a key to somebody's storage, each with the exact sentence that mends it. */
public enum ConnectionProblem implements Problem {
  SAS_MALFORMED(
      "The SAS token is not whole.",
      "Paste the whole SAS token, from its first parameter to the end of sig."),
  KEY_MALFORMED(
      "The account key is not base64 of 64 bytes.",
      "Paste the whole connection string of that account."),
  ACCOUNT_MISMATCH(
      "The credential belongs to another account.",
      "Paste the credential of that account, or correct account_name."),
  ENDPOINT_NOT_ALLOWED(
      "This endpoint is not an allowed blob endpoint.",
      "Use the account's https blob endpoint, or ask your operator to allow the host."),
  AUTH_TYPE_UNAVAILABLE(
      "This way of signing in is not available here.", "Use a SAS token or a connection string."),
  CONNECTION_BROKEN(
      "The connection's last check failed.",
      "Follow the fix of the connection's finding, then save the new credential."),
  CONNECTION_IN_USE(
      "Work with this connection is not ended.", "Wait until it is ended, or cancel it."),
  CONTAINER_LIST_NOT_ALLOWED(
      "The credential cannot list containers.",
      "Type the container name; this credential cannot list containers."),
  SAS_EXPIRED("The SAS token has expired.", Fixes.NEW_SAS),
  SAS_NOT_YET_VALID(
      "The SAS token is not valid yet.",
      "Create the SAS token with a start time at least 15 minutes in the past, or with no start"
          + " time."),
  SAS_MISSING_READ("The SAS token lacks the Read permission.", Fixes.NEW_SAS),
  SAS_MISSING_LIST("The SAS token lacks the List permission.", Fixes.NEW_SAS),
  SAS_RESOURCE_TYPES("The SAS token lacks a resource type.", Fixes.NEW_SAS),
  SAS_SERVICE_MISSING(
      "The SAS token does not cover the Blob service.",
      "Create the SAS token with the Blob service selected (ss=b)."),
  SAS_SCOPE_BLOB(
      "The SAS token is for a single file.",
      "Create the SAS token for the container (sr=c) or the account, not for a single file."),
  SAS_IP_RESTRICTED("The SAS token is restricted to other addresses.", Fixes.NEW_SAS),
  SAS_PROTOCOL_HTTP(
      "The SAS token does not allow this protocol.", "Create the SAS token with HTTPS only."),
  SIGNATURE_INVALID(
      "The storage account does not accept the signature.",
      "The account key was rotated or the token was cut; create a new SAS token and save it."),
  SHARED_KEY_DISABLED(
      "The account refuses account keys.",
      "Use a managed identity or a user-delegation SAS; this account refuses account keys."),
  ACCOUNT_DISABLED(
      "The storage account is disabled.", "Ask the account's owner to enable the storage account."),
  IDENTITY_ROLE_MISSING(
      "Dorsal's identity may not read the container.",
      "Grant Dorsal's identity the role Storage Blob Data Reader on {container}."),
  FIREWALL_BLOCKED(
      "The account's network settings refuse Dorsal.",
      "Allow Dorsal in the storage account's network settings, or allow all networks for the"
          + " import."),
  IDENTITY_DELEGATOR_MISSING(
      "Dorsal's identity may not sign for the account.",
      "Grant Dorsal's identity the role Storage Blob Delegator on the storage account."),
  COPY_SOURCE_UNVERIFIED("Dorsal's storage may not read the source.", Fixes.NEW_SAS),
  SAS_EXPIRES_SOON(
      "The SAS token expires soon.",
      "Replace the SAS token before {date}; after that scans and sync stop."),
  SAS_EXPIRES_DURING_RUN(
      "The SAS token expires before the running job ends.",
      "Replace the SAS token now; the running job continues with the new one."),
  SAS_SCOPE_DIRECTORY(
      "The SAS token is for a directory.",
      "Use this token only for sources inside its directory, or create one for the container."),
  SAS_TOO_POWERFUL(
      "The SAS token may do more than read.",
      "Create a SAS token with only Read and List; this one can change or delete your files."),
  SAS_LONG_LIVED(
      "The SAS token lives longer than a year.",
      "Prefer a SAS token that ends within a year and renew it from the expiry calendar."),
  SAS_STORED_POLICY(
      "A stored access policy decides about the SAS token.",
      "Check the end date in the stored access policy {si}; Dorsal cannot read it."),
  SAS_VERSION_OLD(
      "The SAS token is of an old version.",
      "Create a new SAS token; this version predates server-side copy."),
  CONTAINER_EMPTY(
      "There is no file under the prefix.",
      "Upload files or correct the prefix; read and copy could not be tried."),
  READ_ARCHIVED(
      "Every listed file is in the archive tier.",
      "Rehydrate the files to the hot or cool tier before scanning."),
  CLOCK_SKEW(
      "Dorsal's clock and the store's differ.",
      "Tell your operator: the server clock is off by {seconds} seconds."),
  COPY_TARGET_DOWN(
      "Dorsal's own storage failed.", "Try again in a few minutes; your connection is fine."),
  COPY_SOURCE_UNREACHABLE(
      "The source's storage did not answer the copy.", "Try again in a few minutes."),
  COPY_MISMATCH(
      "Length or hash differ after the copy.",
      "Try again; if it happens again, check the source file."),
  SOURCE_FILE_MISSING(
      "The file is gone from its path.",
      "Re-run discovery, regenerate the manifest, then sync again."),
  SOURCE_CHANGED(
      "The file changed since it was scanned.",
      "Re-run discovery; the file changed since it was scanned."),
  SOURCE_ARCHIVED(
      "The file is in the archive tier.",
      "Rehydrate the file to the hot or cool tier, then press Retry."),
  ACCOUNT_NOT_FOUND(
      "The account's host does not resolve.", "Check the account name; {host} does not exist."),
  CONTAINER_NOT_FOUND(
      "The container does not exist.",
      "Check the container name; {container} does not exist in {account}."),
  SOURCE_BUSY("The storage account is busy or silent.", "Try again in a few minutes."),
  SOURCE_UNAVAILABLE(
      "The source's root cannot be reached.", "Reconnect the source and resume the scan.");

  private final String title;
  private final String fix;

  ConnectionProblem(String title, String fix) {
    this.title = title;
    this.fix = fix;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String fix() {
    return fix;
  }

  /** What a connection cannot do while this holds. */
  Set<Ability> takesAway() {
    return switch (this) {
      case SAS_MISSING_LIST -> EnumSet.of(Ability.LIST);
      case COPY_SOURCE_UNVERIFIED, IDENTITY_DELEGATOR_MISSING -> EnumSet.of(Ability.COPY);
      case SAS_MISSING_READ -> EnumSet.of(Ability.READ, Ability.COPY);
      default -> EnumSet.of(Ability.LIST, Ability.READ, Ability.COPY);
    };
  }

  /**
   * The fix with the connection's own name, container, account and host filled in.
   *
   * @param sas the token it is about; only an account SAS has resource types
   */
  public String fixFor(Connection connection, @Nullable SasToken sas) {
    return fixFor(connection, sas, Map.of());
  }

  /**
   * @param words what else to fill in, by the placeholder's name; may name another container
   */
  String fixFor(Connection connection, @Nullable SasToken sas, Map<String, String> words) {
    String text = fix;
    for (var word : words.entrySet()) {
      text = text.replace("{" + word.getKey() + "}", word.getValue());
    }
    String policy = sas == null ? null : sas.parameters().get("si");
    String container =
        connection.containers().isEmpty() ? "the container" : connection.containers().getFirst();
    boolean service = sas != null && !sas.kind().equals("ACCOUNT");
    return text.replace(service ? Fixes.ACCOUNT_ONLY : "{none}", "")
        .replace("{name}", connection.name())
        .replace("{container}", container)
        .replace("{account}", connection.accountName())
        .replace("{date}", expiryOf(connection, sas))
        .replace("{si}", policy == null ? "of the token" : policy)
        .replace("{seconds}", "some")
        .replace(
            "{host}", String.valueOf(java.net.URI.create(connection.blobEndpoint()).getHost()));
  }

  private static String expiryOf(Connection connection, @Nullable SasToken sas) {
    return Optional.ofNullable(sas)
        .flatMap(SasToken::expiresAt)
        .or(() -> Optional.ofNullable(connection.expiresAt()))
        .map(end -> end.atOffset(ZoneOffset.UTC).toLocalDate().toString())
        .orElse("it expires");
  }

  private static final class Fixes {
    static final String ACCOUNT_ONLY = "resource types srt=sco, ";
    static final String NEW_SAS =
        "Create a new SAS token with Read and List permission, "
            + ACCOUNT_ONLY
            + "HTTPS only and no IP restriction, and save it under Settings > Connections >"
            + " {name}.";
  }
}
