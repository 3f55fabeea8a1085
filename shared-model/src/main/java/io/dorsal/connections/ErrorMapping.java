package io.dorsal.connections;

import io.dorsal.connections.StorageAnswer.Asked;
import io.dorsal.connections.StorageAnswer.CopySource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one table from a storage account's answer to what it means, for checks, scans and copies. The
 * first cause that holds is answered, top to bottom. Pure: the same input gives the same answer.
 */
public final class ErrorMapping {

  private final StorageAnswer answer;
  private final TokenFacts token;

  private ErrorMapping(StorageAnswer answer, TokenFacts token) {
    this.answer = answer;
    this.token = token;
  }

  /**
   * @param sas the token the request, or the copy's read of its source, was made with; null for
   *     none
   * @param credential how the connection signs in; anything but SAS_TOKEN mints its tokens itself
   */
  public static StorageVerdict verdict(
      StorageAnswer answer, @Nullable SasToken sas, AuthType credential, Instant now) {
    return new ErrorMapping(answer, new TokenFacts(sas, credential, now)).verdict();
  }

  private StorageVerdict verdict() {
    return switch (answer.azureCode()) {
      case "CannotVerifyCopySource" -> copySource();
      case "BlobNotFound" -> refused(ConnectionProblem.SOURCE_FILE_MISSING);
      case "BlobArchived", "BlobBeingRehydrated" -> refused(ConnectionProblem.SOURCE_ARCHIVED);
      case "SourceConditionNotMet" -> refused(ConnectionProblem.SOURCE_CHANGED);
      default -> answer.asked() == Asked.COPY ? ownStore() : source();
    };
  }

  /** The store could not read what it was to copy. */
  private StorageVerdict copySource() {
    CopySource told = answer.copySource();
    String code = told == null ? "" : told.code();
    boolean silent = told == null && answer.text().contains("within the specified time");
    int status = told == null || told.status() == 0 ? answer.status() : told.status();
    if (code.equals("SourceConditionNotMet") || code.equals("ConditionNotMet")) {
      return refused(ConnectionProblem.SOURCE_CHANGED);
    }
    if (silent) {
      return refused(ConnectionProblem.COPY_SOURCE_UNREACHABLE);
    }
    return switch (status) {
      case 401, 403 -> unverified(code, status);
      case 404 -> refused(ConnectionProblem.SOURCE_FILE_MISSING);
      case 409 ->
          code.equals("BlobArchived") || code.equals("BlobBeingRehydrated") || code.isEmpty()
              ? refused(ConnectionProblem.SOURCE_ARCHIVED)
              : new StorageVerdict.Unforeseen();
      case 412 -> refused(ConnectionProblem.SOURCE_CHANGED);
      case 408, 429, 500, 502, 503, 504 -> refused(ConnectionProblem.COPY_SOURCE_UNREACHABLE);
      default -> new StorageVerdict.Unforeseen();
    };
  }

  private StorageVerdict unverified(String code, int status) {
    ConnectionProblem cause = token.copyCause(code, status, answer.text());
    return new StorageVerdict.Refused(
        ConnectionProblem.COPY_SOURCE_UNVERIFIED,
        cause,
        cause == null ? answer.text() : "",
        null,
        cause == ConnectionProblem.SAS_EXPIRED && token.minted());
  }

  /** What the store says about itself while it copies is no fault of the connection. */
  private StorageVerdict ownStore() {
    return switch (answer.status()) {
      case 501 -> new StorageVerdict.StreamInstead();
      case 412 -> refused(ConnectionProblem.SOURCE_CHANGED);
      case 400, 409, 413 ->
          answer.azureCode().startsWith("Container")
              ? refused(ConnectionProblem.COPY_TARGET_DOWN)
              : new StorageVerdict.Unforeseen();
      default -> refused(ConnectionProblem.COPY_TARGET_DOWN);
    };
  }

  private StorageVerdict source() {
    boolean listing = answer.asked() == Asked.LIST;
    return switch (answer.azureCode()) {
      case "AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation" ->
          refused(token.unauthenticated());
      case "AuthorizationSourceIPMismatch" -> refused(ConnectionProblem.SAS_IP_RESTRICTED);
      case "AuthorizationResourceTypeMismatch" -> refused(ConnectionProblem.SAS_RESOURCE_TYPES);
      case "AuthorizationPermissionMismatch" -> refused(token.unpermitted(listing));
      case "AuthorizationServiceMismatch" -> refused(ConnectionProblem.SAS_SERVICE_MISSING);
      case "AuthorizationProtocolMismatch" -> refused(ConnectionProblem.SAS_PROTOCOL_HTTP);
      case "AuthorizationFailure" -> refused(token.unauthorized(listing));
      case "KeyBasedAuthenticationNotPermitted" -> refused(ConnectionProblem.SHARED_KEY_DISABLED);
      case "AccountIsDisabled" -> refused(ConnectionProblem.ACCOUNT_DISABLED);
      case "ContainerNotFound", "ContainerBeingDeleted", "ContainerDisabled", "ResourceNotFound" ->
          refused(ConnectionProblem.SOURCE_UNAVAILABLE);
      default -> byStatus(listing);
    };
  }

  private StorageVerdict byStatus(boolean listing) {
    return switch (answer.status()) {
      case 0 ->
          refused(
              answer.hostUnknown()
                  ? ConnectionProblem.SOURCE_UNAVAILABLE
                  : ConnectionProblem.SOURCE_BUSY);
      case 408, 429, 500, 502, 503, 504 -> refused(ConnectionProblem.SOURCE_BUSY);
      case 401, 403 -> refused(token.unnamed());
      case 404 ->
          refused(
              listing
                  ? ConnectionProblem.SOURCE_UNAVAILABLE
                  : ConnectionProblem.SOURCE_FILE_MISSING);
      case 412 -> refused(ConnectionProblem.SOURCE_CHANGED);
      default -> new StorageVerdict.Unforeseen();
    };
  }

  private StorageVerdict refused(ConnectionProblem problem) {
    return new StorageVerdict.Refused(
        problem,
        null,
        "",
        problem.retryable() ? answer.retryAfter() : null,
        problem == ConnectionProblem.SAS_EXPIRED && token.minted());
  }
}
