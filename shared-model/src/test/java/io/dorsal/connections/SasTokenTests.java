package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.problem.ProblemException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SasTokenTests {

  private static final String TOKEN =
      "sv=2024-11-04&sr=c&sp=rl&se=2027-01-31T12%3A30%3A00Z&sig=c2VjcmV0%2BQ%3D%3D";

  @ParameterizedTest
  @ValueSource(
      strings = {
        TOKEN,
        "  " + TOKEN + "\t",
        "?" + TOKEN,
        " \"" + TOKEN + "\" ",
        "'?" + TOKEN + "'",
        "\" " + TOKEN + " \"",
        "\n" + TOKEN + "\r\n",
        "sv=2024-11-04&sr=c&sp=rl\r\n&se=2027-01-31T12%3A30\n%3A00Z&sig=c2VjcmV0%2BQ%3D%3D",
        "sv=2024-11-04&amp;sr=c&amp;sp=rl&amp;se=2027-01-31T12%3A30%3A00Z&amp;sig=c2VjcmV0%2BQ%3D%3D",
      })
  void cleansWhatPeoplePaste(String pasted) {
    SasToken sas = SasToken.parse(pasted);
    assertThat(sas.text()).isEqualTo(TOKEN);
    assertThat(sas.endpoint()).isNull();
    assertThat(sas.container()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "https://whales.blob.core.windows.net/photos, https://whales.blob.core.windows.net, photos",
        "https://whales.blob.core.windows.net/photos/2024/a%20b.jpg,"
            + " https://whales.blob.core.windows.net, photos",
        "https://whales.blob.core.windows.net/, https://whales.blob.core.windows.net, -",
        "http://127.0.0.1:10000/source/photos, http://127.0.0.1:10000/source, photos",
      })
  void splitsAWholeUrl(String url, String endpoint, @org.jspecify.annotations.Nullable String at) {
    SasToken sas = SasToken.parse("\"" + url + "?" + TOKEN + "\"\n");
    assertThat(sas.text()).isEqualTo(TOKEN);
    assertThat(sas.endpoint()).isEqualTo(endpoint);
    assertThat(sas.container()).isEqualTo(at);
  }

  @Test
  void keepsParametersDecodedInOrderWithoutTheSignature() {
    SasToken sas = SasToken.parse(TOKEN);
    assertThat(sas.parameters())
        .containsExactly(
            java.util.Map.entry("sv", "2024-11-04"),
            java.util.Map.entry("sr", "c"),
            java.util.Map.entry("sp", "rl"),
            java.util.Map.entry("se", "2027-01-31T12:30:00Z"));
    assertThat(sas.toString()).contains("sp=rl").doesNotContain("c2VjcmV0").doesNotContain("sig");
    assertThat(new Credential.Sas(sas).toString()).doesNotContain("c2VjcmV0");
  }

  @Test
  void plusIsAPlus() {
    assertThat(SasToken.parse("se=2027-01-31&sip=1+1&sig=a").parameters())
        .containsEntry("sip", "1+1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sv=2024-11-04&sr=c&sp=rl&se=2027-01-31",
        "sv=2024-11-04&sr=c&sp=rl&sig=abc",
        "se=2027-01-31&sig=",
        "se=2027-01-31&sig=a&sig=b",
        "se=2027-01-31&se=2028-01-31&sig=a",
        "se=2027-01-31&sp=%zz&sig=a",
        "se=2027-01-31&&sig=a",
        "se=2027-01-31&sig=a&cut",
        "se=tomorrow&sig=a",
        "se=2027-01-31&st=yesterday&sig=a",
        "se=2027-01-31&skoid=x&ske=2027-13-01&sig=a",
        "https://whales.blob.core.windows.net/photos",
        "https://whales.blob.core.windows.net/a b?se=2027-01-31&sig=a",
        "garbage",
        "",
      })
  void refusesWhatIsNotWhole(String pasted) {
    var refusal = catchThrowableOfType(ProblemException.class, () -> SasToken.parse(pasted));
    assertThat(refusal.problem()).isEqualTo(ConnectionProblem.SAS_MALFORMED);
    assertThat(refusal.detail()).endsWith(".");
  }

  @Test
  void refusalRepeatsNothingOfTheSecret() {
    var refusal =
        catchThrowableOfType(
            ProblemException.class, () -> SasToken.parse("sv=1&sig=MARKER-SECRET&sv=2"));
    assertThat(refusal.detail()).contains("sv").doesNotContain("MARKER-SECRET");
  }

  @ParameterizedTest
  @CsvSource({
    "ss=bf&srt=sco, ACCOUNT",
    "sr=c, CONTAINER",
    "si=policy, CONTAINER",
    "sr=d&sdd=1, DIRECTORY",
    "sr=b, BLOB",
    "sr=bv, BLOB",
    "sr=bs, BLOB",
    "sr=c&skoid=11, USER_DELEGATION",
    "sr=b&skoid=11, USER_DELEGATION",
  })
  void knowsItsKind(String parameters, String kind) {
    assertThat(token(parameters).kind()).isEqualTo(kind);
    assertThat(token(parameters).forSingleFile()).isEqualTo(parameters.contains("sr=b"));
  }

  @ParameterizedTest
  @CsvSource({
    "se=2027-01-31T12:30:00Z, 2027-01-31T12:30:00Z",
    "se=2027-01-31T12:30Z, 2027-01-31T12:30:00Z",
    "se=2027-01-31T12:30:00.1234567Z, 2027-01-31T12:30:00.123456700Z",
    "se=2027-01-31T14:30:00%2B02:00, 2027-01-31T12:30:00Z",
    "se=2027-01-31, 2027-01-31T00:00:00Z",
    "se=2027-01-31&skoid=1&ske=2027-01-05T00:00:00Z, 2027-01-05T00:00:00Z",
    "se=2027-01-05&skoid=1&ske=2027-01-31T00:00:00Z, 2027-01-05T00:00:00Z",
    "si=policy&skoid=1&ske=2027-01-31T00:00:00Z, 2027-01-31T00:00:00Z",
  })
  void endsAtTheEarlierOfItsOwnAndItsKeysEnd(String parameters, Instant end) {
    assertThat(SasToken.parse(parameters + "&sig=a").expiresAt()).contains(end);
  }

  @Test
  void storedPolicyDecidesWhereTheTokenIsSilent() {
    SasToken sas = SasToken.parse("sr=c&si=policy&sig=a");
    assertThat(sas.expiresAt()).isEmpty();
    assertThat(sas.startsAt()).isEmpty();
    assertThat(sas.permits('r')).isTrue();
    assertThat(sas.permits('l')).isTrue();
  }

  @Test
  void saysWhatItPermitsAndLacks() {
    SasToken account = SasToken.parse("ss=fq&srt=so&sp=r&se=2027-01-31&st=2026-01-01&sig=a");
    assertThat(account.permits('r')).isTrue();
    assertThat(account.permits('l')).isFalse();
    assertThat(account.lacksBlobService()).isTrue();
    assertThat(account.lacksResourceType('c')).isTrue();
    assertThat(account.lacksResourceType('o')).isFalse();
    assertThat(account.startsAt()).contains(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(token("sr=c").lacksBlobService()).isFalse();
    assertThat(token("sr=c").lacksResourceType('c')).isFalse();
  }

  private static SasToken token(String parameters) {
    return SasToken.parse(parameters + "&se=2027-01-31&sig=a");
  }
}
