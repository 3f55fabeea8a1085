package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.problem.FieldError;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.Problem;
import io.dorsal.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields and limits of a connection, and what is taken from a pasted secret. */
class WantedConnectionTests {

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[64]);
  private static final String ACCOUNT_SAS =
      "sv=2024-11-04&ss=b&srt=sco&sp=rl&se=2027-01-31&sig=abc";
  private static final String CONTAINER_SAS = "sv=2024-11-04&sr=c&sp=rl&se=2027-01-31&sig=abc";

  private static WantedConnection wanted(ConnectionRequest request, String profile) {
    var settings =
        new ConnectionSettings(
            profile, Path.of("unused"), List.of("blobs.example"), Duration.ofSeconds(1));
    return WantedConnection.of(request, settings);
  }

  private static ConnectionRequest request(
      String name,
      @Nullable String account,
      @Nullable String endpoint,
      String type,
      @Nullable String secret,
      String... containers) {
    return new ConnectionRequest(
        name, "AZURE_BLOB", account, endpoint, type, secret, List.of(containers));
  }

  private static ConnectionRequest sas(@Nullable String account, @Nullable String endpoint) {
    return request("Photos", account, endpoint, "SAS_TOKEN", ACCOUNT_SAS);
  }

  private static Problem refusal(ConnectionRequest request) {
    return catchThrowableOfType(ProblemException.class, () -> wanted(request, "azure")).problem();
  }

  private static List<String> fields(ConnectionRequest request) {
    var refusal = catchThrowableOfType(ProblemException.class, () -> wanted(request, "azure"));
    assertThat(refusal.problem()).isEqualTo(GeneralProblem.VALIDATION_FAILED);
    return ((List<?>) Objects.requireNonNull(refusal.details().get("fields")))
        .stream().map(field -> ((FieldError) field).field()).toList();
  }

  /** A full URL is split into endpoint, container and token. */
  @Test
  void aPastedUrlSaysAccountEndpointAndContainer() {
    WantedConnection wanted =
        wanted(
            request(
                " Photos ",
                null,
                null,
                "SAS_TOKEN",
                " \"https://whales.blob.core.windows.net/photos?" + CONTAINER_SAS + "\"\r\n"),
            "azure");
    assertThat(wanted.name()).isEqualTo("Photos");
    assertThat(wanted.account()).isEqualTo("whales");
    assertThat(wanted.endpoint()).isEqualTo("https://whales.blob.core.windows.net");
    assertThat(wanted.containers()).containsExactly("photos");
    assertThat(wanted.credential().secret()).isEqualTo(CONTAINER_SAS);
  }

  @Test
  void theEndpointIsTheAccountsOwnUnlessSaid() {
    assertThat(wanted(sas("whales", null), "azure").endpoint())
        .isEqualTo("https://whales.blob.core.windows.net");
    assertThat(wanted(sas(null, "https://whales.blob.core.chinacloudapi.cn/"), "azure").endpoint())
        .isEqualTo("https://whales.blob.core.chinacloudapi.cn");
    assertThat(wanted(sas("whales", "https://blobs.example"), "azure").account())
        .isEqualTo("whales");
  }

  @Test
  void aConnectionStringWithATokenIsKeptAsOne() {
    String string =
        "BlobEndpoint=https://whales.blob.core.windows.net/;SharedAccessSignature=" + ACCOUNT_SAS;
    var wanted = wanted(request("A", null, null, "CONNECTION_STRING", string), "azure");
    assertThat(wanted.credential().authType()).isEqualTo(AuthType.SAS_TOKEN);
    assertThat(wanted.account()).isEqualTo("whales");
  }

  /** {@code UseDevelopmentStorage=true} only in the local profile. */
  @Test
  void developmentStorageIsForTheLocalProfile() {
    var request = request("Dev", null, null, "CONNECTION_STRING", "UseDevelopmentStorage=true");
    var wanted = wanted(request, "local");
    assertThat(wanted.account()).isEqualTo("devstoreaccount1");
    assertThat(wanted.endpoint()).isEqualTo("http://127.0.0.1:10000/devstoreaccount1");
    assertThat(Credential.parse(AuthType.CONNECTION_STRING, wanted.credential().secret()))
        .isInstanceOf(Credential.AccountKey.class);
    assertThat(refusal(request)).isEqualTo(ConnectionProblem.ENDPOINT_NOT_ALLOWED);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, https://a b",
        "whales, http://whales.blob.core.windows.net",
        "whales, https://whales.blob.core.windows.net.evil.example",
        "whales, https://whales.blob.core.windows.net?sig=1",
        "whales, https://user:pass@whales.blob.core.windows.net",
        "whales, https://127.0.0.1/whales",
        "whales, https://10.0.0.7/whales",
        "whales, https://[::1]/whales",
        "whales, https://localhost/whales",
        "whales, ftp://whales.blob.core.windows.net",
      })
  void otherEndpointsAreRefused(@Nullable String account, String endpoint) {
    assertThat(refusal(sas(account, endpoint))).isEqualTo(ConnectionProblem.ENDPOINT_NOT_ALLOWED);
  }

  @Test
  void accountsThatDisagreeAreRefused() {
    String other = "https://other.blob.core.windows.net";
    assertThat(refusal(sas("whales", other))).isEqualTo(ConnectionProblem.ACCOUNT_MISMATCH);
    assertThat(refusal(request("A", "whales", null, "SAS_TOKEN", other + "/c?" + CONTAINER_SAS)))
        .isEqualTo(ConnectionProblem.ACCOUNT_MISMATCH);
    String key = "AccountName=other;AccountKey=" + KEY;
    assertThat(refusal(request("A", "whales", null, "CONNECTION_STRING", key)))
        .isEqualTo(ConnectionProblem.ACCOUNT_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "Whales", "wha-les", "abcdefghijklmnopqrstuvwxy"})
  void accountNamesHave3To24LowerCaseLettersAndDigits(String account) {
    assertThat(fields(sas(account, null))).containsExactly("account_name");
  }

  @Test
  void namesHave1To100Characters() {
    String longest = "🐋".repeat(100);
    assertThat(wanted(request(longest, "whales", null, "SAS_TOKEN", ACCOUNT_SAS), "azure").name())
        .isEqualTo(longest);
    for (String name : List.of("", "  ", longest + "x")) {
      assertThat(fields(request(name, "whales", null, "SAS_TOKEN", ACCOUNT_SAS)))
          .containsExactly("name");
    }
  }

  @Test
  void secretsHave1To4096Characters() {
    String longest = ACCOUNT_SAS + "x".repeat(4_096 - ACCOUNT_SAS.length());
    wanted(request("A", "whales", null, "SAS_TOKEN", longest), "azure");
    for (String secret : List.of("", " ", longest + "x")) {
      assertThat(fields(request("A", "whales", null, "SAS_TOKEN", secret)))
          .containsExactly("secret");
    }
    assertThat(fields(request("A", "whales", null, "MANAGED_IDENTITY", "x")))
        .containsExactly("secret");
  }

  @Test
  void anAllowListHasAtMost50NamesOf3To63Characters() {
    String longest = "c".repeat(63);
    List<String> fifty = new ArrayList<>(IntStream.range(0, 50).mapToObj(i -> "c-" + i).toList());
    fifty.set(0, longest);
    var request =
        request("A", "whales", null, "SAS_TOKEN", ACCOUNT_SAS, fifty.toArray(String[]::new));
    assertThat(wanted(request, "azure").containers()).hasSize(50);
    fifty.add("one-more");
    for (List<String> wrong :
        List.of(
            fifty,
            List.of("ab"),
            List.of(longest + "c"),
            List.of("Photos"),
            List.of("a--b"),
            List.of("abc", "abc"))) {
      assertThat(
              fields(
                  request(
                      "A", "whales", null, "SAS_TOKEN", ACCOUNT_SAS, wrong.toArray(String[]::new))))
          .containsOnly("containers");
    }
  }

  @Test
  void aContainersTokenNeedsExactlyOneContainer() {
    for (String[] containers : new String[][] {{}, {"abc", "def"}}) {
      assertThat(fields(request("A", "whales", null, "SAS_TOKEN", CONTAINER_SAS, containers)))
          .contains("containers");
    }
    var one = request("A", "whales", null, "SAS_TOKEN", CONTAINER_SAS, "abc");
    assertThat(wanted(one, "azure").containers()).containsExactly("abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SMB", "SHAREPOINT", "DRIVE", "FTP", "azure_blob"})
  void otherKindsAreNotMadeHere(String kind) {
    var request =
        new ConnectionRequest("A", kind, "whales", null, "SAS_TOKEN", ACCOUNT_SAS, List.of());
    assertThat(fields(request)).containsExactly("kind");
    var bare = new ConnectionRequest("A", kind, null, null, null, null, List.of());
    assertThat(fields(bare)).containsExactly("kind");
  }

  @Test
  void managedIdentitiesExistInAzureOnly() {
    var request = request("A", "whales", null, "MANAGED_IDENTITY", null);
    var refusal = catchThrowableOfType(ProblemException.class, () -> wanted(request, "local"));
    assertThat(refusal.problem()).isEqualTo(ConnectionProblem.AUTH_TYPE_UNAVAILABLE);
    WantedConnection made = wanted(request, "azure");
    assertThat(made.credential()).isEqualTo(new Credential.Identity());
    assertThat(made.endpoint()).isEqualTo("https://whales.blob.core.windows.net");
  }
}
