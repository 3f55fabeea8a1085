package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.connections.Diagnosis.Level;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rows of the specification's table of findings (10, section 1.4) that a token tells itself.
 */
class TokenFindingsTests {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final String F1 =
      "Create a new SAS token with Read and List permission, resource types srt=sco, HTTPS only and"
          + " no IP restriction, and save it under Settings > Connections > Archive.";
  private static final String F1_SERVICE = F1.replace("resource types srt=sco, ", "");
  private static final String ACCOUNT =
      "sv=2024-11-04&ss=b&srt=sco&sp=rl&se=2027-06-30T00:00:00Z&spr=https&sig=a";
  private static final String SERVICE =
      "sv=2024-11-04&sr=c&sp=rl&se=2027-06-30T00:00:00Z&spr=https&sig=a";

  @Test
  void goodTokensHaveNothing() {
    assertThat(found(ACCOUNT)).isEmpty();
    assertThat(found(SERVICE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "se, 2026-11-21T10:00:00Z, SAS_EXPIRED",
    "st, 2026-11-21T10:01:01Z, SAS_NOT_YET_VALID",
    "srt, so, SAS_RESOURCE_TYPES",
    "srt, sc, SAS_RESOURCE_TYPES",
    "ss, fqt, SAS_SERVICE_MISSING",
  })
  void tokensThatOpenNothingFailInAll(String name, String value, ConnectionProblem problem) {
    Diagnosis finding = only(found(with(ACCOUNT, name, value)));
    assertThat(finding.code()).isEqualTo(problem);
    assertThat(finding.level()).isEqualTo(Level.FAIL);
    assertThat(finding.capability()).containsExactly(Ability.LIST, Ability.READ, Ability.COPY);
    String fix =
        switch (problem) {
          case SAS_NOT_YET_VALID ->
              "Create the SAS token with a start time at least 15 minutes in the past, or with no"
                  + " start time.";
          case SAS_SERVICE_MISSING -> "Create the SAS token with the Blob service selected (ss=b).";
          default -> F1;
        };
    assertThat(finding.fix()).isEqualTo(fix);
  }

  @Test
  void serviceTokensAreNotAskedForResourceTypes() {
    Diagnosis expired = only(found(with(SERVICE, "se", "2020-01-01")));
    assertThat(expired.fix()).isEqualTo(F1_SERVICE);
    String delegated = SERVICE.replace("sr=c", "sr=c&skoid=x&ske=2026-11-20T00:00:00Z");
    assertThat(only(found(delegated)).code()).isEqualTo(ConnectionProblem.SAS_EXPIRED);
    assertThat(only(found(delegated)).fix()).isEqualTo(F1_SERVICE);
  }

  @Test
  void missingPermissionsFailWhatNeedsThem() {
    Diagnosis read = only(found(with(ACCOUNT, "sp", "l")));
    assertThat(read.code()).isEqualTo(ConnectionProblem.SAS_MISSING_READ);
    assertThat(read.level()).isEqualTo(Level.FAIL);
    assertThat(read.capability()).containsExactly(Ability.READ, Ability.COPY);
    assertThat(read.fix()).isEqualTo(F1);
    Diagnosis list = only(found(with(SERVICE, "sp", "r")));
    assertThat(list.code()).isEqualTo(ConnectionProblem.SAS_MISSING_LIST);
    assertThat(list.capability()).containsExactly(Ability.LIST);
    assertThat(list.fix()).isEqualTo(F1_SERVICE);
  }

  @Test
  void onlyTheServiceTypeMissingIsAWarning() {
    Diagnosis finding = only(found(with(ACCOUNT, "srt", "co")));
    assertThat(finding.code()).isEqualTo(ConnectionProblem.SAS_RESOURCE_TYPES);
    assertThat(finding.level()).isEqualTo(Level.WARN);
    assertThat(finding.capability()).containsExactly(Ability.LIST_CONTAINERS);
    assertThat(finding.fix()).isEqualTo(F1);
  }

  @Test
  void addressesFailCopiesAndWarnOfTheRest() {
    List<Diagnosis> findings = found(ACCOUNT.replace("&sig", "&sip=203.0.113.7&sig"));
    assertThat(findings)
        .extracting(Diagnosis::code)
        .containsOnly(ConnectionProblem.SAS_IP_RESTRICTED)
        .hasSize(2);
    assertThat(findings.getFirst().level()).isEqualTo(Level.FAIL);
    assertThat(findings.getFirst().capability()).containsExactly(Ability.COPY);
    assertThat(findings.getLast().level()).isEqualTo(Level.WARN);
    assertThat(findings.getLast().capability()).containsExactly(Ability.LIST, Ability.READ);
    assertThat(findings).extracting(Diagnosis::fix).containsOnly(F1);
  }

  @Test
  void singleFileFails() {
    Diagnosis finding = only(found(with(SERVICE, "sr", "b")));
    assertThat(finding.code()).isEqualTo(ConnectionProblem.SAS_SCOPE_BLOB);
    assertThat(finding.level()).isEqualTo(Level.FAIL);
    assertThat(finding.fix())
        .isEqualTo(
            "Create the SAS token for the container (sr=c) or the account, not for a single file.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "se|2026-12-21T10:00:00Z|SAS_EXPIRES_SOON|Replace the SAS token before 2026-12-21; after"
            + " that scans and sync stop.",
        "spr|https,http|SAS_PROTOCOL_HTTP|Create the SAS token with HTTPS only.",
        "sp|rwl|SAS_TOO_POWERFUL|Create a SAS token with only Read and List; this one can change or"
            + " delete your files.",
        "se|2027-11-22T10:00:01Z|SAS_LONG_LIVED|Prefer a SAS token that ends within a year and"
            + " renew it from the expiry calendar.",
        "sv|2018-03-27|SAS_VERSION_OLD|Create a new SAS token; this version predates server-side"
            + " copy.",
        "sr|d|SAS_SCOPE_DIRECTORY|Use this token only for sources inside its directory, or create"
            + " one for the container.",
      })
  void warningsTakeNothingAway(String name, String value, ConnectionProblem problem, String fix) {
    Diagnosis finding = only(found(with(name.equals("sr") ? SERVICE : ACCOUNT, name, value)));
    assertThat(finding.code()).isEqualTo(problem);
    assertThat(finding.level()).isEqualTo(Level.WARN);
    assertThat(finding.capability()).isEmpty();
    assertThat(finding.fix()).isEqualTo(fix);
  }

  @ParameterizedTest
  @CsvSource({
    "se, 2026-12-21T10:00:01Z",
    "se, 2027-11-22T10:00:00Z",
    "st, 2026-11-21T10:01:00Z",
    "sv, 2018-03-28",
    "srt, ocs",
    "ss, bf",
  })
  void bordersBelongToTheGoodSide(String name, String value) {
    assertThat(found(with(ACCOUNT, name, value))).isEmpty();
  }

  @Test
  void tokenThatNamesNoProtocolMayBeUsedOverHttp() {
    assertThat(only(found(ACCOUNT.replace("&spr=https", ""))).code())
        .isEqualTo(ConnectionProblem.SAS_PROTOCOL_HTTP);
  }

  @Test
  void storedPolicyDecidesUnseen() {
    Diagnosis finding = only(found("sv=2024-11-04&sr=c&si=curators&spr=https&sig=a"));
    assertThat(finding.code()).isEqualTo(ConnectionProblem.SAS_STORED_POLICY);
    assertThat(finding.fix())
        .isEqualTo(
            "Check the end date in the stored access policy curators; Dorsal cannot read it.");
  }

  @Test
  void workThatOutlivesTheTokenIsWarnedOf() {
    Instant end = Instant.parse("2027-06-30T00:00:00Z");
    assertThat(found(ACCOUNT, Optional.of(end))).isEmpty();
    Diagnosis finding = only(found(ACCOUNT, Optional.of(end.plusSeconds(1))));
    assertThat(finding.code()).isEqualTo(ConnectionProblem.SAS_EXPIRES_DURING_RUN);
    assertThat(finding.level()).isEqualTo(Level.WARN);
    assertThat(finding.fix())
        .isEqualTo("Replace the SAS token now; the running job continues with the new one.");
  }

  @Test
  void everythingIsSaidAtOnce() {
    assertThat(
            found("sv=2017-01-01&ss=f&srt=s&sp=w&st=2030-01-01&se=2020-01-01&sip=10.0.0.1&sig=a"))
        .extracting(Diagnosis::code)
        .containsExactlyInAnyOrder(
            ConnectionProblem.SAS_EXPIRED,
            ConnectionProblem.SAS_NOT_YET_VALID,
            ConnectionProblem.SAS_MISSING_READ,
            ConnectionProblem.SAS_MISSING_LIST,
            ConnectionProblem.SAS_TOO_POWERFUL,
            ConnectionProblem.SAS_RESOURCE_TYPES,
            ConnectionProblem.SAS_SERVICE_MISSING,
            ConnectionProblem.SAS_IP_RESTRICTED,
            ConnectionProblem.SAS_IP_RESTRICTED,
            ConnectionProblem.SAS_PROTOCOL_HTTP,
            ConnectionProblem.SAS_VERSION_OLD);
  }

  private static String with(String token, String name, String value) {
    String changed = token.replaceFirst("(^|&)" + name + "=[^&]*", "$1" + name + "=" + value);
    return changed.equals(token)
        ? token.replace("&sig", "&" + name + "=" + value + "&sig")
        : changed;
  }

  private static Diagnosis only(List<Diagnosis> findings) {
    assertThat(findings).hasSize(1);
    return findings.getFirst();
  }

  private static List<Diagnosis> found(String token) {
    return found(token, Optional.empty());
  }

  private static List<Diagnosis> found(String token, Optional<Instant> workEnds) {
    SasToken sas = SasToken.parse(token);
    assertThat(Arrays.stream(token.split("&", -1))).contains("sig=a");
    return TokenFindings.of(connection(sas), sas, NOW, workEnds);
  }

  private static Connection connection(SasToken sas) {
    return new Connection(
        UUID.randomUUID(),
        0,
        UUID.randomUUID(),
        "Archive",
        "archive",
        ConnectionKind.AZURE_BLOB,
        AuthType.SAS_TOKEN,
        "whales",
        "https://whales.blob.core.windows.net",
        List.of("photos"),
        ConnectionStatus.UNVERIFIED,
        null,
        sas.unsigned(),
        1,
        "00000000",
        new byte[0],
        new byte[0],
        "",
        Capabilities.UNKNOWN,
        null,
        null,
        "ann",
        NOW,
        NOW,
        null);
  }
}
