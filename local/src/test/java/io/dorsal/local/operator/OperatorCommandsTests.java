package io.dorsal.local.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands say and tell the shell, whatever the API answers. */
class OperatorCommandsTests {

  private static final String ID = "11111111-2222-3333-4444-555555555555";
  private static final String SECRET = "sv=2024-11-04&sig=MARKER%2Bsecret";
  private static final String PROBLEM =
      """
      {"title": "Nothing here has this id.", "code": "NOT_FOUND", "detail": "There is no such scan.",
       "fix": "Check the id.", "trace_id": "0af7651916cd43dd8448eb211c80319c",
       "details": {"fields": [{"field": "prefix", "message": "is too long"}]}}
      """;

  private FakeApi api;
  private Map<String, String> there;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
    there = Map.of("DORSAL_API", api.address(), "DORSAL_TOKEN", "the-token");
  }

  @AfterEach
  void end() {
    api.close();
  }

  @Test
  void aRefusalIsShownWithItsFixAndTraceId() {
    api.says("GET /scans/" + ID, 404, PROBLEM);
    CommandRun run = run("scans", "show", ID);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(
            "Nothing here has this id. (NOT_FOUND)",
            "There is no such scan.",
            "prefix: is too long",
            "Fix: Check the id.",
            "Trace id: 0af7651916cd43dd8448eb211c80319c")
        .doesNotContain("Exception");
  }

  /** Kinds that the API refuses so far are offered by nobody. */
  @ParameterizedTest
  @ValueSource(strings = {"add", "list"})
  void onlyKindsThatThereAreAreOffered(String command) {
    CommandRun help = run("connections", command, "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.all()).contains("AZURE_BLOB").doesNotContain("SMB", "SHAREPOINT", "DRIVE");
  }

  @Test
  void withJsonTheProblemItselfGoesToStdout() {
    api.says("GET /scans/" + ID, 404, PROBLEM);
    CommandRun run = run("scans", "show", ID, "--json");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.json().path("code").asString()).isEqualTo("NOT_FOUND");
  }

  @Test
  void aMissingTokenIsAUsageErrorThatNamesIt() {
    CommandRun run = CommandRun.of(Map.of("DORSAL_API", api.address()), "", "scans", "list");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("DORSAL_TOKEN is not set", "dorsal scans list --help");
    assertThat(api.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://dorsal.example", "ftp://x", "dorsal", "https://a b"})
  void aTokenGoesNowhereInTheOpen(String address) {
    CommandRun run = run("scans", "list", "--api", address);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(address).doesNotContain("the-token", "Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/api/v1", "/api/v1/"})
  void theAddressMayEndAsPeopleCopyIt(String end) {
    api.says("GET /scans?limit=50", 200, "{\"items\": [], \"next_cursor\": null}");
    CommandRun run = run("scans", "list", "--api", api.address() + end);
    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("There are none.");
    assertThat(api.seen().getFirst().authorization()).isEqualTo("Bearer the-token");
  }

  @Test
  void nobodyThereIsAnExitCodeOfItsOwn() {
    api.close();
    CommandRun run = run("scans", "list");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("No answer from " + api.address()).doesNotContain("\tat ");
  }

  @Test
  void aSecretComesByStdinAndIsShownNowhere() {
    api.says("POST /connections", 201, "{\"id\": \"" + ID + "\", \"status\": \"OK\"}");
    CommandRun run =
        CommandRun.of(there, SECRET + "\n", "connections", "add", "Photos", "--secret-stdin");
    assertThat(run.exit()).isZero();
    assertThat(api.seen().getFirst().body()).contains(SECRET).contains("SAS_TOKEN");
    assertThat(run.all()).doesNotContain("MARKER");
  }

  @Test
  void aSecretMayLieInTheEnvironment() {
    api.says("POST /connections", 201, "{\"id\": \"" + ID + "\", \"status\": \"OK\"}");
    String key = "AccountName=a;AccountKey=MARKER";
    Map<String, String> environment =
        Map.of("DORSAL_API", api.address(), "DORSAL_TOKEN", "the-token", "DORSAL_SECRET", key);
    CommandRun run = CommandRun.of(environment, "", "connections", "add", "Photos");
    assertThat(run.exit()).isZero();
    assertThat(api.seen().getFirst().body()).contains("CONNECTION_STRING", "MARKER");
    assertThat(run.all()).doesNotContain("MARKER");
  }

  @Test
  void withoutASecretNothingIsSent() {
    assertThat(run("connections", "add", "Photos").exit()).isEqualTo(2);
    assertThat(run("connections", "add", "Photos", "--secret-stdin").exit()).isEqualTo(2);
    assertThat(api.seen()).isEmpty();
  }

  @Test
  void aSecretOnTheCommandLineIsRefusedAndNotRepeated() {
    for (String[] wrong :
        List.of(
            new String[] {"connections", "add", "Photos", "--secret", SECRET},
            new String[] {"connections", "add", "Photos", SECRET},
            new String[] {"connections", SECRET})) {
      CommandRun run = run(wrong);
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("--secret-stdin").doesNotContain("MARKER");
    }
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheRightOne() {
    CommandRun run = run("scans", "wacth", "last");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("Did you mean", "scans watch");
  }

  @Test
  void aConnectionThatDoesNotWorkIsSavedAndSaid() {
    api.says(
        "POST /connections",
        201,
        """
        {"id": "1", "name": "Photos", "status": "EXPIRED",
         "finding": {"code": "SAS_EXPIRED", "detail": "It ended.", "fix": "Create a new one."}}
        """);
    CommandRun run = CommandRun.of(there, SECRET, "connections", "add", "Photos", "--secret-stdin");
    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.out()).contains("status\tEXPIRED");
    assertThat(run.err()).contains("SAS_EXPIRED: It ended.", "Fix: Create a new one.");
  }

  @Test
  void aNewSecretNamesTheVersionThatWasSeen() {
    api.says(
        "GET /connections?limit=200",
        200,
        "{\"items\": [{\"id\": \"" + ID + "\", \"name\": \"Photos\"}], \"next_cursor\": null}");
    api.says("GET /connections/" + ID, 200, "{\"id\": \"" + ID + "\", \"name\": \"Photos\"}");
    api.says("PUT /connections/" + ID + "/secret", 200, "{\"status\": \"OK\"}");
    CommandRun run =
        CommandRun.of(there, SECRET, "connections", "secret", "photos", "--secret-stdin");
    assertThat(run.exit()).isZero();
    assertThat(api.seen().getLast().ifMatch()).isEqualTo("\"v3\"");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    api.says(
        "GET /sources?limit=200",
        200,
        "{\"items\": [{\"id\": \"1\", \"name\": \"Haro\"}], \"next_cursor\": null}");
    CommandRun run = run("scans", "start", "Harro");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("No source is called \"Harro\". There are: Haro");
  }

  @Test
  void pagesAreHidden() {
    pages();
    CommandRun all = run("scans", "list", "--all", "--json");
    assertThat(all.json().path("items")).hasSize(3);
    assertThat(all.json().path("next_cursor").isNull()).isTrue();
    assertThat(run("scans", "list", "--all").out()).isEqualTo(lines("1", "2", "3"));
  }

  @Test
  void whatIsLeftOutIsSaid() {
    api.says("GET /scans?limit=2", 200, page("\"next\"", "1", "2"));
    CommandRun run = run("scans", "list", "--limit", "2");
    assertThat(run.out()).isEqualTo(lines("1", "2"));
    assertThat(run.err()).contains("There are more");
  }

  @Test
  void aStartIsSentUnderAKeyAndWatchedToItsEnd() {
    api.says("GET /sources/" + ID, 200, "{\"id\": \"" + ID + "\"}");
    api.says("POST /scans", 503, "").says("POST /scans", 202, "{\"id\": \"" + ID + "\"}");
    api.says("GET /scans/" + ID, 200, scan("LISTING"));
    api.says("GET /scans/" + ID, 502, "<html>").says("GET /scans/" + ID, 502, "");
    api.says("GET /scans/" + ID, 502, "").says("GET /scans/" + ID, 200, scan("COMPLETED"));
    CommandRun run = run("scans", "start", ID, "--wait", "--json", "--exclude", "**/old/**");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.json().path("state").asString()).isEqualTo("COMPLETED");
    assertThat(run.err()).contains("Listing", "the scan goes on", "COMPLETED: 5 files listed");
    List<FakeApi.Seen> posts =
        api.seen().stream().filter(each -> each.call().equals("POST /scans")).toList();
    assertThat(posts).hasSize(2).extracting(FakeApi.Seen::key).doesNotContain("");
    assertThat(posts.getFirst().key()).isEqualTo(posts.getLast().key());
    assertThat(posts.getLast().body()).contains("\"exclude\":[\"**/old/**\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAILED", "CANCELED", "PAUSED_AUTH"})
  void aScanThatDoesNotCompleteIsAnExitCodeOfItsOwn(String state) {
    api.says("GET /scans/" + ID, 200, scan(state));
    CommandRun run = run("scans", "watch", ID);
    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains(state + ": 5 files listed", "Fix: Mend it.");
  }

  @Test
  void aGuardIsDecidedByOneOfTwoWords() {
    api.says("POST /scans/" + ID + "/guard", 200, scan("COMPLETED"));
    assertThat(run("scans", "guard", ID, "CONFIRM").exit()).isZero();
    assertThat(api.seen().getLast().body()).isEqualTo("{\"decision\":\"CONFIRM\"}");
    assertThat(run("scans", "guard", ID, "MAYBE").exit()).isEqualTo(2);
  }

  @Test
  void peopleGetATable() {
    api.says("GET /scans?limit=50", 200, page("null", "1"));
    CommandRun run = CommandRun.of(there, "", true, "scans", "list");
    assertThat(run.out()).startsWith("ID  NO  STATE");
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(there, "", arguments);
  }

  private void pages() {
    api.says("GET /scans?limit=200", 200, page("\"b\"", "1", "2"));
    api.says("GET /scans?limit=200&cursor=b", 200, page("null", "3"));
  }

  private static String page(String cursor, String... ids) {
    String items =
        String.join(",", List.of(ids).stream().map(id -> "{\"id\": \"" + id + "\"}").toList());
    return "{\"items\": [" + items + "], \"next_cursor\": " + cursor + "}";
  }

  private static String lines(String... ids) {
    StringBuilder lines = new StringBuilder();
    for (String id : ids) {
      lines.append(id).append("\t".repeat(8)).append(System.lineSeparator());
    }
    return lines.toString();
  }

  private static String scan(String state) {
    String cause =
        state.equals("COMPLETED") || state.equals("LISTING")
            ? "null"
            : "{\"code\": \"SOME\", \"detail\": \"It stopped.\", \"fix\": \"Mend it.\"}";
    return "{\"id\": \"%s\", \"state\": \"%s\", \"cause\": %s, \"progress\": {\"listed\": 5}}"
        .formatted(ID, state, cause);
  }
}
