package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.problem.ProblemException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTests {

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[64]);

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "AccountName=whales;AccountKey=KEY, -",
        " AccountName=whales;AccountKey=KEY; , -",
        "accountkey=KEY;ACCOUNTNAME=whales, -",
        "DefaultEndpointsProtocol=https;AccountName=whales;AccountKey=KEY;EndpointSuffix=core.windows.net,"
            + " https://whales.blob.core.windows.net",
        "AccountName=whales;AccountKey=KEY;BlobEndpoint=http://127.0.0.1:10000/whales/,"
            + " http://127.0.0.1:10000/whales",
        "AccountName=whales;AccountKey=KEY;BlobEndpoint=https://b.example;EndpointSuffix=x,"
            + " https://b.example",
      })
  void keepsAccountKeyAndEndpointOfAConnectionString(String pasted, @Nullable String endpoint) {
    Credential credential =
        Credential.parse(AuthType.CONNECTION_STRING, pasted.replace("KEY", KEY));
    assertThat(credential).isEqualTo(new Credential.AccountKey("whales", KEY, endpoint));
    assertThat(credential.authType()).isEqualTo(AuthType.CONNECTION_STRING);
    assertThat(credential.secret()).isEqualTo("AccountName=whales;AccountKey=" + KEY);
    assertThat(credential.toString()).contains("whales").doesNotContain(KEY);
  }

  @Test
  void whatIsKeptIsUnderstoodAgain() {
    Credential credential =
        Credential.parse(
            AuthType.CONNECTION_STRING, "AccountName=whales;AccountKey=" + KEY + ";Other=x");
    assertThat(Credential.parse(AuthType.CONNECTION_STRING, credential.secret()))
        .isEqualTo(credential);
  }

  /** Also where a token was kept so far, and another is pasted in this form. */
  @ParameterizedTest
  @EnumSource(
      value = AuthType.class,
      names = {"CONNECTION_STRING", "SAS_TOKEN"})
  void connectionStringWithATokenIsAToken(AuthType kept) {
    Credential credential =
        Credential.parse(
            kept,
            "BlobEndpoint=https://whales.blob.core.windows.net/;"
                + "SharedAccessSignature=sv=2024-11-04&ss=b&srt=sco&sp=rl&se=2027-01-31&sig=a%3D");
    assertThat(credential.authType()).isEqualTo(AuthType.SAS_TOKEN);
    assertThat(credential.secret())
        .isEqualTo("sv=2024-11-04&ss=b&srt=sco&sp=rl&se=2027-01-31&sig=a%3D");
    assertThat(((Credential.Sas) credential).token().endpoint())
        .isEqualTo("https://whales.blob.core.windows.net");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "AccountName=whales",
        "AccountKey=KEY",
        "AccountName=whales;AccountKey=",
        "AccountName=whales;AccountKey=c2hvcnQ=",
        "AccountName=whales;AccountKey=###",
        "AccountName=whales;AccountKey=KEYx",
      })
  void refusesKeysThatAreNone(String pasted) {
    var refusal =
        catchThrowableOfType(
            ProblemException.class,
            () -> Credential.parse(AuthType.CONNECTION_STRING, pasted.replace("KEY", KEY)));
    assertThat(refusal.problem()).isEqualTo(ConnectionProblem.KEY_MALFORMED);
    assertThat(refusal.detail()).doesNotContain(KEY);
  }

  @Test
  void brokenTokenInAConnectionStringIsToldAsOne() {
    var refusal =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                Credential.parse(AuthType.CONNECTION_STRING, "SharedAccessSignature=sp=rl&sig=a"));
    assertThat(refusal.problem()).isEqualTo(ConnectionProblem.SAS_MALFORMED);
  }

  @Test
  void managedIdentityIsNotThereYet() {
    var refusal =
        catchThrowableOfType(
            ProblemException.class, () -> Credential.parse(AuthType.MANAGED_IDENTITY, ""));
    assertThat(refusal.problem()).isEqualTo(ConnectionProblem.AUTH_TYPE_UNAVAILABLE);
  }
}
