package io.dorsal.connections;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the token of a refused request says about why.
 *
 * @param sas null where the request carried none
 */
record TokenFacts(@Nullable SasToken sas, AuthType credential, Instant now) {

  private static final Duration SKEW = Duration.ofMinutes(1);

  /** Whether the token is one that Dorsal made itself. */
  boolean minted() {
    return sas != null && credential != AuthType.SAS_TOKEN;
  }

  boolean expired() {
    return sas != null && sas.expiresAt().filter(end -> !end.isAfter(now)).isPresent();
  }

  boolean notYetValid() {
    return sas != null && sas.startsAt().filter(s -> s.isAfter(now.plus(SKEW))).isPresent();
  }

  private boolean restricted() {
    return sas != null && sas.parameters().containsKey("sip");
  }

  ConnectionProblem unauthenticated() {
    if (expired()) {
      return ConnectionProblem.SAS_EXPIRED;
    }
    if (notYetValid()) {
      return ConnectionProblem.SAS_NOT_YET_VALID;
    }
    return restricted() ? ConnectionProblem.SAS_IP_RESTRICTED : ConnectionProblem.SIGNATURE_INVALID;
  }

  /** A firewall answers so to a token that is good; the emulator, to any it does not like. */
  ConnectionProblem unauthorized(boolean listing) {
    if (expired()) {
      return ConnectionProblem.SAS_EXPIRED;
    }
    if (notYetValid()) {
      return ConnectionProblem.SAS_NOT_YET_VALID;
    }
    return sas == null || sas.permits(listing ? 'l' : 'r')
        ? ConnectionProblem.FIREWALL_BLOCKED
        : unpermitted(listing);
  }

  ConnectionProblem unpermitted(boolean listing) {
    if (credential == AuthType.MANAGED_IDENTITY) {
      return ConnectionProblem.IDENTITY_ROLE_MISSING;
    }
    return listing ? ConnectionProblem.SAS_MISSING_LIST : ConnectionProblem.SAS_MISSING_READ;
  }

  /** A 401 or 403 without a code, as to a HEAD of old. */
  ConnectionProblem unnamed() {
    return credential == AuthType.MANAGED_IDENTITY
        ? ConnectionProblem.IDENTITY_ROLE_MISSING
        : unauthenticated();
  }

  /**
   * Why a store may not read the source of a copy, in the order in which people should look.
   *
   * @param code what the source said to the store; empty where the store did not tell
   * @return null where nothing is known
   */
  @Nullable ConnectionProblem copyCause(String code, int status, String text) {
    if (expired()) {
      return ConnectionProblem.SAS_EXPIRED;
    }
    if (lacksRead(code)) {
      return unpermitted(false);
    }
    if (restricted() || code.equals("AuthorizationSourceIPMismatch")) {
      return ConnectionProblem.SAS_IP_RESTRICTED;
    }
    if ((sas != null && sas.lacksResourceType('o'))
        || code.equals("AuthorizationResourceTypeMismatch")) {
      return ConnectionProblem.SAS_RESOURCE_TYPES;
    }
    if ((sas != null && sas.lacksBlobService()) || code.equals("AuthorizationServiceMismatch")) {
      return ConnectionProblem.SAS_SERVICE_MISSING;
    }
    return bySourcesWord(code, status, text);
  }

  private boolean lacksRead(String code) {
    return (sas != null && !sas.permits('r')) || code.equals("AuthorizationPermissionMismatch");
  }

  private @Nullable ConnectionProblem bySourcesWord(String code, int status, String text) {
    if (notYetValid()) {
      // Not a row of the table, but truer than a signature that is said to be wrong.
      return ConnectionProblem.SAS_NOT_YET_VALID;
    }
    boolean unauthenticated =
        status == 401
            || code.equals("AuthenticationFailed")
            || (code.isEmpty() && text.contains("failed to authenticate the request"));
    if (unauthenticated) {
      return ConnectionProblem.SIGNATURE_INVALID;
    }
    boolean unauthorized =
        code.equals("AuthorizationFailure")
            || (code.isEmpty() && text.contains("not authorized to perform this operation"));
    return unauthorized ? ConnectionProblem.FIREWALL_BLOCKED : null;
  }
}
