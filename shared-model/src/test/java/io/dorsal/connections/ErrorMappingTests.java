package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.connections.StorageAnswer.Asked;
import io.dorsal.connections.StorageAnswer.CopySource;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row of the specification's error table (10, section 1.5). */
class ErrorMappingTests {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final String GOOD = "sv=2026-02-06&sr=c&sp=rl&se=2027-01-31T00:00:00Z&sig=a";
  private static final String ACCOUNT =
      "sv=2026-02-06&ss=b&srt=sco&sp=rl&se=2027-01-31T00:00:00Z&sig=a";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // The causes in their order: each line has what the lines above it have not.
        "ss=f&srt=s&sp=l&sip=203.0.113.7&se=2026-11-21T09:59:59Z, AuthenticationFailed,"
            + " SAS_EXPIRED",
        "ss=f&srt=s&sp=l&sip=203.0.113.7&se=2027-01-31, AuthenticationFailed, SAS_MISSING_READ",
        "ss=f&srt=s&sp=r&sip=203.0.113.7&se=2027-01-31, AuthenticationFailed, SAS_IP_RESTRICTED",
        "ss=f&srt=sc&sp=r&se=2027-01-31, AuthenticationFailed, SAS_RESOURCE_TYPES",
        "ss=f&srt=sco&sp=r&se=2027-01-31, AuthenticationFailed, SAS_SERVICE_MISSING",
        "ss=b&srt=sco&sp=r&se=2027-01-31, AuthenticationFailed, SIGNATURE_INVALID",
        "ss=b&srt=sco&sp=r&se=2027-01-31, AuthorizationFailure, FIREWALL_BLOCKED",
        "ss=b&srt=sco&sp=r&se=2027-01-31, SomethingNew, -",
        // What the source itself names counts as well.
        "sr=c&sp=r&se=2027-01-31, AuthorizationPermissionMismatch, SAS_MISSING_READ",
        "sr=c&sp=r&se=2027-01-31, AuthorizationSourceIPMismatch, SAS_IP_RESTRICTED",
        "sr=c&sp=r&se=2027-01-31, AuthorizationResourceTypeMismatch, SAS_RESOURCE_TYPES",
        "sr=c&sp=r&se=2027-01-31, AuthorizationServiceMismatch, SAS_SERVICE_MISSING",
        "sr=c&sp=r&st=2026-11-21T11:00:00Z&se=2027-01-31, AuthenticationFailed, SAS_NOT_YET_VALID",
      })
  void sourceThatCouldNotBeVerifiedHasItsFirstCause(
      String token, String sourceCode, @Nullable ConnectionProblem cause) {
    for (int status : List.of(401, 403)) {
      String code = status == 401 && cause == null ? "" : sourceCode;
      if (status == 401 && (cause == null || cause == ConnectionProblem.FIREWALL_BLOCKED)) {
        continue;
      }
      var refused = unverified(status, code, token + "&sig=a", "Azure's text.");
      assertThat(refused.problem()).isEqualTo(ConnectionProblem.COPY_SOURCE_UNVERIFIED);
      assertThat(refused.cause()).isEqualTo(cause);
      assertThat(refused.retryable()).isFalse();
    }
    var told = unverified(403, sourceCode, token + "&sig=a", "Azure's text.");
    assertThat(told.causeCode()).isEqualTo(cause == null ? "UNKNOWN" : cause.name());
    assertThat(told.causeText()).isEqualTo(cause == null ? "Azure's text." : "");
    assertThat(told.toMend().fix())
        .isEqualTo(cause == null ? ConnectionProblem.SAS_EXPIRED.fix() : cause.fix());
  }

  /** As the emulator and older versions of the service answer: no word about the source. */
  @ParameterizedTest
  @CsvSource({
    "403, Server failed to authenticate the request., SIGNATURE_INVALID",
    "403, This request is not authorized to perform this operation., FIREWALL_BLOCKED",
    "401, '', SIGNATURE_INVALID",
  })
  void storeThatDoesNotNameTheSourcesAnswerIsReadByItsOwn(
      int status, String text, ConnectionProblem cause) {
    var answer =
        new StorageAnswer(
            Asked.COPY, status, "CannotVerifyCopySource", null, text, null, false, "");
    assertThat(refused(answer, GOOD, AuthType.SAS_TOKEN).cause()).isEqualTo(cause);
  }

  @ParameterizedTest
  @CsvSource({
    "404, BlobNotFound, SOURCE_FILE_MISSING",
    "404, '', SOURCE_FILE_MISSING",
    "409, BlobArchived, SOURCE_ARCHIVED",
    "409, BlobBeingRehydrated, SOURCE_ARCHIVED",
    "412, ConditionNotMet, SOURCE_CHANGED",
    "412, SourceConditionNotMet, SOURCE_CHANGED",
    "500, InternalError, COPY_SOURCE_UNREACHABLE",
    "503, ServerBusy, COPY_SOURCE_UNREACHABLE",
    "504, '', COPY_SOURCE_UNREACHABLE",
  })
  void copiesSourceAnswers(int status, String code, ConnectionProblem problem) {
    var named =
        new StorageAnswer(
            Asked.COPY,
            status,
            "CannotVerifyCopySource",
            new CopySource(status, code),
            "",
            null,
            false,
            "");
    assertThat(refused(named, GOOD, AuthType.SAS_TOKEN).problem()).isEqualTo(problem);
    assertThat(refused(named, GOOD, AuthType.SAS_TOKEN).retryable())
        .isEqualTo(problem == ConnectionProblem.COPY_SOURCE_UNREACHABLE);
  }

  @Test
  void sourceThatIsSlowMayBeAskedAgain() {
    String text = "Could not verify the copy source within the specified time.";
    for (int status : List.of(403, 409, 500)) {
      var answer =
          new StorageAnswer(
              Asked.COPY, status, "CannotVerifyCopySource", null, text, null, false, "");
      assertThat(refused(answer, GOOD, AuthType.SAS_TOKEN).problem())
          .isEqualTo(ConnectionProblem.COPY_SOURCE_UNREACHABLE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404, BlobNotFound, SOURCE_FILE_MISSING",
    "409, BlobArchived, SOURCE_ARCHIVED",
    "409, BlobBeingRehydrated, SOURCE_ARCHIVED",
    "412, ConditionNotMet, SOURCE_CHANGED",
    "412, SourceConditionNotMet, SOURCE_CHANGED",
  })
  void fileItselfIsMeant(int status, String code, ConnectionProblem problem) {
    for (Asked asked : List.of(Asked.READ, Asked.COPY)) {
      var refused = refused(StorageAnswer.plain(asked, status, code), GOOD, AuthType.SAS_TOKEN);
      assertThat(refused.problem()).isEqualTo(problem);
      assertThat(refused.retryable()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sr=c&sp=rl&se=2026-11-21T10:00:00Z&sig=a, SAS_EXPIRED",
    "sr=c&sp=rl&skoid=x&ske=2026-11-21T09:00:00Z&se=2027-01-31&sig=a, SAS_EXPIRED",
    "sr=c&sp=rl&st=2026-11-21T10:01:01Z&se=2027-01-31&sig=a, SAS_NOT_YET_VALID",
    "sr=c&sp=rl&sip=203.0.113.7&st=2026-11-21T10:01:00Z&se=2027-01-31&sig=a, SAS_IP_RESTRICTED",
    "sr=c&sp=rl&se=2027-01-31&sig=a, SIGNATURE_INVALID",
  })
  void authenticationFailsForTheFirstReasonInTheToken(String sas, ConnectionProblem problem) {
    for (Asked asked : List.of(Asked.LIST, Asked.READ)) {
      var answer = StorageAnswer.plain(asked, 403, "AuthenticationFailed");
      assertThat(refused(answer, sas, AuthType.SAS_TOKEN).problem()).isEqualTo(problem);
    }
  }

  @Test
  void tokenOfOursThatEndedIsMadeAnew() {
    String ended = "sr=b&sp=r&se=2026-11-21T10:00:00Z&sig=a";
    var read = StorageAnswer.plain(Asked.READ, 403, "AuthenticationFailed");
    assertThat(refused(read, ended, AuthType.CONNECTION_STRING).mintAnew()).isTrue();
    assertThat(refused(read, ended, AuthType.MANAGED_IDENTITY).mintAnew()).isTrue();
    assertThat(refused(read, ended, AuthType.SAS_TOKEN).mintAnew()).isFalse();
    assertThat(refused(read, null, AuthType.CONNECTION_STRING).problem())
        .isEqualTo(ConnectionProblem.SIGNATURE_INVALID);
  }

  @ParameterizedTest
  @CsvSource({
    "AuthorizationSourceIPMismatch, SAS_IP_RESTRICTED, SAS_IP_RESTRICTED",
    "AuthorizationResourceTypeMismatch, SAS_RESOURCE_TYPES, SAS_RESOURCE_TYPES",
    "AuthorizationPermissionMismatch, SAS_MISSING_READ, SAS_MISSING_LIST",
    "AuthorizationServiceMismatch, SAS_SERVICE_MISSING, SAS_SERVICE_MISSING",
    "AuthorizationProtocolMismatch, SAS_PROTOCOL_HTTP, SAS_PROTOCOL_HTTP",
    "AuthorizationFailure, FIREWALL_BLOCKED, FIREWALL_BLOCKED",
    "KeyBasedAuthenticationNotPermitted, SHARED_KEY_DISABLED, SHARED_KEY_DISABLED",
    "AccountIsDisabled, ACCOUNT_DISABLED, ACCOUNT_DISABLED",
  })
  void azuresOwnWordDecides(String code, ConnectionProblem reading, ConnectionProblem listing) {
    assertThat(problem(Asked.READ, 403, code, ACCOUNT)).isEqualTo(reading);
    assertThat(problem(Asked.LIST, 403, code, ACCOUNT)).isEqualTo(listing);
  }

  @Test
  void identityThatMayNotLacksItsRole() {
    for (String code : List.of("AuthorizationPermissionMismatch", "")) {
      var answer = StorageAnswer.plain(Asked.LIST, 403, code);
      assertThat(refused(answer, null, AuthType.MANAGED_IDENTITY).problem())
          .isEqualTo(ConnectionProblem.IDENTITY_ROLE_MISSING);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sr=c&sp=rl&se=2026-11-21T09:59:59Z&sig=a, SAS_EXPIRED, SAS_EXPIRED",
    "sr=c&sp=rl&st=2026-11-21T10:02:00Z&se=2027-01-31&sig=a, SAS_NOT_YET_VALID, SAS_NOT_YET_VALID",
    "sr=c&sp=l&se=2027-01-31&sig=a, SAS_MISSING_READ, FIREWALL_BLOCKED",
    "sr=c&sp=r&se=2027-01-31&sig=a, FIREWALL_BLOCKED, SAS_MISSING_LIST",
  })
  void firewallIsBlamedOnlyWhereTheTokenIsGood(
      String sas, ConnectionProblem reading, ConnectionProblem listing) {
    assertThat(problem(Asked.READ, 403, "AuthorizationFailure", sas)).isEqualTo(reading);
    assertThat(problem(Asked.LIST, 403, "AuthorizationFailure", sas)).isEqualTo(listing);
  }

  @ParameterizedTest
  @CsvSource({"404, ContainerNotFound", "409, ContainerBeingDeleted", "409, ContainerDisabled"})
  void rootThatIsGoneIsUnavailable(int status, String code) {
    for (Asked asked : List.of(Asked.LIST, Asked.READ)) {
      assertThat(problem(asked, status, code, GOOD))
          .isEqualTo(ConnectionProblem.SOURCE_UNAVAILABLE);
    }
    assertThat(problem(Asked.LIST, 404, "", GOOD)).isEqualTo(ConnectionProblem.SOURCE_UNAVAILABLE);
    assertThat(problem(Asked.READ, 404, "", GOOD)).isEqualTo(ConnectionProblem.SOURCE_FILE_MISSING);
  }

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "408, ''",
    "429, ''",
    "500, InternalError",
    "502, ''",
    "503, ServerBusy",
    "504, ''",
  })
  void busyStoreMayBeAskedAgain(int status, String code) {
    assertThat(problem(Asked.READ, status, code, GOOD)).isEqualTo(ConnectionProblem.SOURCE_BUSY);
    assertThat(problem(Asked.COPY, status, code, GOOD))
        .isEqualTo(ConnectionProblem.COPY_TARGET_DOWN);
    assertThat(ConnectionProblem.SOURCE_BUSY.retryable()).isTrue();
    assertThat(ConnectionProblem.COPY_TARGET_DOWN.retryable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -",
        "0, 0",
        "7, 7",
        "60, 60",
        "61, 60",
        "999999999, 60",
        "soon, -",
        "-5, -",
        "'Sat, 21 Nov 2026 10:00:05 GMT', 5",
        "'Sat, 21 Nov 2026 12:00:00 GMT', 60",
        "'Sat, 21 Nov 2026 09:00:00 GMT', 0",
      })
  void retryAfterIsHonoredUpToAMinute(@Nullable String header, @Nullable Integer seconds) {
    Duration wait = StorageAnswer.wait(header, NOW);
    assertThat(wait).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    var busy = new StorageAnswer(Asked.READ, 503, "ServerBusy", null, "", wait, false, "");
    assertThat(refused(busy, GOOD, AuthType.SAS_TOKEN).retryAfter()).isEqualTo(wait);
  }

  @Test
  void serverSideCopyThatIsNotOfferedIsStreamed() {
    var answer = StorageAnswer.plain(Asked.COPY, 501, "APINotImplemented");
    assertThat(verdict(answer, GOOD, AuthType.SAS_TOKEN))
        .isInstanceOf(StorageVerdict.StreamInstead.class);
    assertThat(
            verdict(StorageAnswer.plain(Asked.READ, 400, "InvalidInput"), GOOD, AuthType.SAS_TOKEN))
        .isInstanceOf(StorageVerdict.Unforeseen.class);
  }

  @Test
  void whatOnlyAPersonCanMendIsNotTriedAgain() {
    assertThat(
            List.of(
                ConnectionProblem.COPY_SOURCE_UNVERIFIED,
                ConnectionProblem.SAS_EXPIRED,
                ConnectionProblem.SAS_NOT_YET_VALID,
                ConnectionProblem.SAS_MISSING_READ,
                ConnectionProblem.SAS_MISSING_LIST,
                ConnectionProblem.SAS_RESOURCE_TYPES,
                ConnectionProblem.SAS_SERVICE_MISSING,
                ConnectionProblem.SAS_SCOPE_BLOB,
                ConnectionProblem.SAS_IP_RESTRICTED,
                ConnectionProblem.SAS_PROTOCOL_HTTP,
                ConnectionProblem.SIGNATURE_INVALID,
                ConnectionProblem.SHARED_KEY_DISABLED,
                ConnectionProblem.ACCOUNT_DISABLED,
                ConnectionProblem.IDENTITY_ROLE_MISSING,
                ConnectionProblem.IDENTITY_DELEGATOR_MISSING,
                ConnectionProblem.FIREWALL_BLOCKED))
        .noneMatch(ConnectionProblem::retryable);
  }

  @Test
  void knowsHostsThatDoNotExist() {
    var unknown = new RuntimeException(new UnknownHostException("nowhere.example"));
    var answer = StorageAnswer.of(Asked.LIST, unknown, NOW);
    assertThat(refused(answer, GOOD, AuthType.SAS_TOKEN).problem())
        .isEqualTo(ConnectionProblem.SOURCE_UNAVAILABLE);
    var unresolved = new ConnectException();
    unresolved.initCause(new UnresolvedAddressException());
    assertThat(StorageAnswer.hostUnknown(new RuntimeException(unresolved))).isTrue();
    var silent = StorageAnswer.of(Asked.LIST, new RuntimeException(new ConnectException()), NOW);
    assertThat(refused(silent, GOOD, AuthType.SAS_TOKEN).problem())
        .isEqualTo(ConnectionProblem.SOURCE_BUSY);
  }

  private static StorageVerdict.Refused unverified(
      int status, String sourceCode, String sas, String text) {
    var answer =
        new StorageAnswer(
            Asked.COPY,
            403,
            "CannotVerifyCopySource",
            new CopySource(status, sourceCode),
            text,
            null,
            false,
            "");
    return refused(answer, sas, AuthType.SAS_TOKEN);
  }

  private static ConnectionProblem problem(Asked asked, int status, String code, String sas) {
    return refused(StorageAnswer.plain(asked, status, code), sas, AuthType.SAS_TOKEN).problem();
  }

  private static StorageVerdict.Refused refused(
      StorageAnswer answer, @Nullable String sas, AuthType credential) {
    return (StorageVerdict.Refused) verdict(answer, sas, credential);
  }

  private static StorageVerdict verdict(
      StorageAnswer answer, @Nullable String sas, AuthType credential) {
    return ErrorMapping.verdict(answer, sas == null ? null : SasToken.parse(sas), credential, NOW);
  }
}
