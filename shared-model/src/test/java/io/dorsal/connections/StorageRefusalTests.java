package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of the specification's error table that listing and reading can meet. */
class StorageRefusalTests {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final String GOOD = "sr=c&sp=rl&se=2027-01-31&sig=a";

  @ParameterizedTest
  @CsvSource({
    "sr=c&sp=rl&se=2026-11-21T09:59:59Z&sig=a, SAS_EXPIRED",
    "sr=c&sp=rl&se=2026-11-21T10:00:00Z&sig=a, SAS_EXPIRED",
    "sr=c&sp=rl&se=2027-01-31&skoid=1&ske=2026-11-20&sig=a, SAS_EXPIRED",
    "sr=c&sp=rl&se=2026-11-21T09:00:00Z&sip=10.0.0.1&sig=a, SAS_EXPIRED",
    "sr=c&sp=rl&st=2026-11-21T10:02:00Z&se=2027-01-31&sig=a, SAS_NOT_YET_VALID",
    "sr=c&sp=rl&st=2026-11-21T10:00:30Z&se=2027-01-31&sig=a, SIGNATURE_INVALID",
    "sr=c&sp=rl&se=2027-01-31&sip=10.0.0.1&sig=a, SAS_IP_RESTRICTED",
    "sr=c&sp=rl&se=2027-01-31&sig=a, SIGNATURE_INVALID",
    "sr=c&si=policy&sig=a, SIGNATURE_INVALID",
  })
  void authenticationFailedIsJudgedByTheTokensFields(String sas, ConnectionProblem problem) {
    assertThat(problem(403, "AuthenticationFailed", false, sas)).isEqualTo(problem);
    assertThat(problem(403, "AuthenticationFailed", true, sas)).isEqualTo(problem);
    assertThat(problem(403, "", true, sas)).isEqualTo(problem);
    assertThat(problem(401, "NoAuthenticationInformation", true, sas)).isEqualTo(problem);
  }

  @Test
  void accountKeyThatIsNotAcceptedWasRotated() {
    assertThat(problem(403, "AuthenticationFailed", true, null))
        .isEqualTo(ConnectionProblem.SIGNATURE_INVALID);
  }

  @ParameterizedTest
  @CsvSource({
    "AuthorizationSourceIPMismatch, SAS_IP_RESTRICTED",
    "AuthorizationResourceTypeMismatch, SAS_RESOURCE_TYPES",
    "AuthorizationServiceMismatch, SAS_SERVICE_MISSING",
    "AuthorizationProtocolMismatch, SAS_PROTOCOL_HTTP",
    "AuthorizationFailure, FIREWALL_BLOCKED",
    "KeyBasedAuthenticationNotPermitted, SHARED_KEY_DISABLED",
    "AccountIsDisabled, ACCOUNT_DISABLED",
  })
  void azuresOwnWordDecides(String code, ConnectionProblem problem) {
    assertThat(problem(403, code, false, GOOD)).isEqualTo(problem);
    assertThat(problem(403, code, true, GOOD)).isEqualTo(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "sr=c&sp=rl&se=2026-11-21T09:59:59Z&sig=a, SAS_EXPIRED, SAS_EXPIRED",
    "sr=c&sp=rl&st=2026-11-21T10:02:00Z&se=2027-01-31&sig=a, SAS_NOT_YET_VALID, SAS_NOT_YET_VALID",
    "sr=c&sp=l&se=2027-01-31&sig=a, SAS_MISSING_READ, FIREWALL_BLOCKED",
    "sr=c&sp=r&se=2027-01-31&sig=a, FIREWALL_BLOCKED, SAS_MISSING_LIST",
    "sr=c&sp=rl&se=2027-01-31&sig=a, FIREWALL_BLOCKED, FIREWALL_BLOCKED",
  })
  void firewallIsBlamedOnlyWhereTheTokenIsGood(
      String sas, ConnectionProblem reading, ConnectionProblem listing) {
    assertThat(problem(403, "AuthorizationFailure", false, sas)).isEqualTo(reading);
    assertThat(problem(403, "AuthorizationFailure", true, sas)).isEqualTo(listing);
    assertThat(problem(403, "AuthorizationFailure", true, null))
        .isEqualTo(ConnectionProblem.FIREWALL_BLOCKED);
  }

  @Test
  void missingPermissionIsTheOneThatWasNeeded() {
    String code = "AuthorizationPermissionMismatch";
    assertThat(problem(403, code, false, GOOD)).isEqualTo(ConnectionProblem.SAS_MISSING_READ);
    assertThat(problem(403, code, true, GOOD)).isEqualTo(ConnectionProblem.SAS_MISSING_LIST);
    assertThat(problem(403, code, true, null)).isEqualTo(ConnectionProblem.IDENTITY_ROLE_MISSING);
  }

  @ParameterizedTest
  @CsvSource({"404, ContainerNotFound", "409, ContainerBeingDeleted", "409, ContainerDisabled"})
  void rootThatIsGoneIsUnavailable(int status, String code) {
    assertThat(problem(status, code, true, GOOD)).isEqualTo(ConnectionProblem.SOURCE_UNAVAILABLE);
    assertThat(problem(status, code, false, GOOD)).isEqualTo(ConnectionProblem.SOURCE_UNAVAILABLE);
  }

  @Test
  void missingFileSaysNothingAboutTheConnection() {
    assertThat(problem(404, "BlobNotFound", false, GOOD)).isNull();
    assertThat(problem(404, "", false, GOOD)).isNull();
    assertThat(problem(404, "", true, GOOD)).isEqualTo(ConnectionProblem.SOURCE_UNAVAILABLE);
    assertThat(problem(412, "ConditionNotMet", false, GOOD)).isNull();
    assertThat(problem(409, "BlobArchived", false, GOOD)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "408, ''",
    "429, ''",
    "500, InternalError",
    "500, OperationTimedOut",
    "502, ''",
    "503, ServerBusy",
    "504, ''",
  })
  void busyStoreMayBeAskedAgain(int status, String code) {
    ConnectionProblem problem = problem(status, code, false, GOOD);
    assertThat(problem).isEqualTo(ConnectionProblem.SOURCE_BUSY);
    assertThat(ConnectionProblem.SOURCE_BUSY.retryable()).isTrue();
  }

  @Test
  void knowsHostsThatDoNotExist() {
    var unknown = new RuntimeException(new UnknownHostException("nowhere.example"));
    assertThat(StorageRefusal.hostUnknown(unknown)).isTrue();
    var unresolved = new ConnectException();
    unresolved.initCause(new UnresolvedAddressException());
    assertThat(StorageRefusal.hostUnknown(new RuntimeException(unresolved))).isTrue();
    assertThat(StorageRefusal.hostUnknown(new RuntimeException(new ConnectException()))).isFalse();
  }

  private static @Nullable ConnectionProblem problem(
      int status, String code, boolean listing, @Nullable String sas) {
    return new StorageRefusal(status, code, listing)
        .problem(sas == null ? null : SasToken.parse(sas), NOW);
  }
}
