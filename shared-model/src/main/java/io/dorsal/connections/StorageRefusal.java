package io.dorsal.connections;

import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a storage account answered, reduced to what tells causes apart.
 *
 * @param status the HTTP status; 0 where no answer came
 * @param azureCode the {@code x-ms-error-code}, or empty
 * @param listing whether the refused request was a listing rather than a read
 */
public record StorageRefusal(int status, String azureCode, boolean listing) {

  private static final Duration SKEW = Duration.ofMinutes(1);

  /**
   * The first cause that holds. Pure: the same input gives the same answer.
   *
   * @param sas the token the request was made with; null for an account key
   * @return the problem; null where the answer means nothing about the connection (such as a
   *     missing file)
   */
  public @Nullable ConnectionProblem problem(@Nullable SasToken sas, Instant now) {
    return switch (azureCode) {
      case "AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation" ->
          unauthenticated(sas, now);
      case "AuthorizationSourceIPMismatch" -> ConnectionProblem.SAS_IP_RESTRICTED;
      case "AuthorizationResourceTypeMismatch" -> ConnectionProblem.SAS_RESOURCE_TYPES;
      case "AuthorizationPermissionMismatch" ->
          sas == null ? ConnectionProblem.IDENTITY_ROLE_MISSING : missingPermission();
      case "AuthorizationServiceMismatch" -> ConnectionProblem.SAS_SERVICE_MISSING;
      case "AuthorizationProtocolMismatch" -> ConnectionProblem.SAS_PROTOCOL_HTTP;
      case "AuthorizationFailure" -> unauthorized(sas, now);
      case "KeyBasedAuthenticationNotPermitted" -> ConnectionProblem.SHARED_KEY_DISABLED;
      case "AccountIsDisabled" -> ConnectionProblem.ACCOUNT_DISABLED;
      case "ContainerNotFound", "ContainerBeingDeleted", "ContainerDisabled", "ResourceNotFound" ->
          ConnectionProblem.SOURCE_UNAVAILABLE;
      default -> byStatus(sas, now);
    };
  }

  private @Nullable ConnectionProblem byStatus(@Nullable SasToken sas, Instant now) {
    return switch (status) {
      case 0, 408, 429, 500, 502, 503, 504 -> ConnectionProblem.SOURCE_BUSY;
      case 401, 403 -> unauthenticated(sas, now);
      case 404 -> listing ? ConnectionProblem.SOURCE_UNAVAILABLE : null;
      default -> null;
    };
  }

  private ConnectionProblem unauthenticated(@Nullable SasToken sas, Instant now) {
    ConnectionProblem dated = sas == null ? null : outOfDate(sas, now);
    if (dated != null) {
      return dated;
    }
    return sas != null && sas.parameters().containsKey("sip")
        ? ConnectionProblem.SAS_IP_RESTRICTED
        : ConnectionProblem.SIGNATURE_INVALID;
  }

  /** A firewall answers so to a token that is good; the emulator, to any it does not like. */
  private ConnectionProblem unauthorized(@Nullable SasToken sas, Instant now) {
    if (sas == null) {
      return ConnectionProblem.FIREWALL_BLOCKED;
    }
    ConnectionProblem dated = outOfDate(sas, now);
    if (dated != null) {
      return dated;
    }
    return sas.permits(listing ? 'l' : 'r')
        ? ConnectionProblem.FIREWALL_BLOCKED
        : missingPermission();
  }

  private static @Nullable ConnectionProblem outOfDate(SasToken sas, Instant now) {
    if (sas.expiresAt().filter(expiry -> !expiry.isAfter(now)).isPresent()) {
      return ConnectionProblem.SAS_EXPIRED;
    }
    return sas.startsAt().filter(start -> start.isAfter(now.plus(SKEW))).isPresent()
        ? ConnectionProblem.SAS_NOT_YET_VALID
        : null;
  }

  private ConnectionProblem missingPermission() {
    return listing ? ConnectionProblem.SAS_MISSING_LIST : ConnectionProblem.SAS_MISSING_READ;
  }

  /** Whether a failure without an answer says that the host does not exist. */
  public static boolean hostUnknown(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException
          || cause instanceof java.nio.channels.UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }
}
