package io.dorsal.functions.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.storage.FaultRule;
import io.dorsal.local.storage.StorageAccounts;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Scenarios 1 to 5 of the specification (10, section 7.1), and the routes of the doctor. */
@ExtendWith(ApiStack.Started.class)
class DoctorApiIntegrationTests {

  private static final String F1 =
      "Create a new SAS token with Read and List permission, resource types srt=sco, HTTPS only and"
          + " no IP restriction, and save it under Settings > Connections > %s.";

  /** Scenario 1. */
  @Test
  void goodTokenListsReadsAndCopiesAndLeavesNothing(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(3);

    Answer made = save(api, admin, "Good", archive, accountSas(api, "rl", "sco", 90));

    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.at("/status")).isIn("OK", "WARNING");
    for (String capability : new String[] {"list", "read", "copy", "list_containers"}) {
      assertThat(made.at("/capabilities/" + capability)).as(made.text()).isEqualTo("OK");
    }
    var store = api.stack().containers().client(StorageAccounts.STORE, "dorsal");
    assertThat(store.exists()).isTrue();
    assertThat(store.listBlobs())
        .noneMatch(blob -> blob.getName().startsWith("preflight/" + made.at("/id")));
    Answer reports = api.get("/connections/" + made.at("/id") + "/doctor-reports", admin);
    assertThat(reports.body().path("items")).hasSize(1);
    assertThat(names(reports.body().at("/items/0/steps"), "name"))
        .isEqualTo("parse,clock,list,read,copy");
  }

  /** Scenario 2; what sync answers comes with sync. */
  @Test
  void expiredTokenHasTheExactFix(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(3);
    Answer made = save(api, admin, "Old", archive, accountSas(api, "rl", "sco", -1));

    Answer report = api.post("/connections/" + made.at("/id") + "/doctor", admin, null);

    assertThat(report.status()).as(report.text()).isEqualTo(200);
    JsonNode finding = finding(report, "SAS_EXPIRED");
    assertThat(finding.path("level").asString()).isEqualTo("FAIL");
    assertThat(finding.path("fix").asString()).isEqualTo(F1.formatted("Old"));
    for (String capability : new String[] {"list", "read", "copy"}) {
      assertThat(report.at("/capabilities/" + capability)).isEqualTo("FAIL");
    }
    assertThat(report.at("/status")).isEqualTo("EXPIRED");
    assertThat(api.get("/connections/" + made.at("/id"), admin).at("/status")).isEqualTo("EXPIRED");
  }

  /** Scenarios 3 and 4: nothing is stored. */
  @ParameterizedTest
  @CsvSource({
    "sp=l&srt=sco, SAS_MISSING_READ, FAIL",
    "sp=r&srt=sco, SAS_MISSING_LIST, FAIL",
    "sp=rl&srt=so, SAS_RESOURCE_TYPES, FAIL",
    "sp=rl&srt=co, SAS_RESOURCE_TYPES, WARN",
    "sp=rl&srt=sco&sip=203.0.113.7, SAS_IP_RESTRICTED, FAIL",
  })
  void tokenThatCannotDoItIsFoundBeforeItIsSaved(
      String parts, String code, String level, ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(1);
    String token = "sv=2024-11-04&ss=b&" + parts + "&se=2030-01-01T00%3A00%3A00Z&spr=https&sig=a";

    Answer report = api.post("/connections/doctor", admin, body("Trial", archive, token));

    assertThat(report.status()).as(report.text()).isEqualTo(200);
    assertThat(finding(report, code).path("level").asString()).isEqualTo(level);
    assertThat(finding(report, code).path("fix").asString()).isEqualTo(F1.formatted("Trial"));
    if (code.equals("SAS_IP_RESTRICTED")) {
      assertThat(finding(report, code).at("/capability/0").asString()).isEqualTo("copy");
      assertThat(report.at("/capabilities/copy")).isEqualTo("FAIL");
    }
    assertThat(api.get("/connections", admin).body().path("items")).isEmpty();
  }

  /** Scenario 5. */
  @Test
  void wholeUrlIsSplit(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(2);
    String url = archive.blob_endpoint() + "/" + archive.container() + "?" + archive.sas();
    String wanted =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "name",
                    "Pasted",
                    "kind",
                    "AZURE_BLOB",
                    "auth_type",
                    "SAS_TOKEN",
                    "secret",
                    url));

    Answer made = api.post("/connections", admin, wanted);

    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.at("/account_name")).isEqualTo("source");
    assertThat(made.at("/containers/0")).isEqualTo(archive.container());
    assertThat(made.at("/capabilities/read")).isEqualTo("OK");
    String single = archive.sas().replace("sr=c", "sr=b");
    Answer report = api.post("/connections/doctor", admin, body("B", archive, single));
    assertThat(finding(report, "SAS_SCOPE_BLOB").path("level").asString()).isEqualTo("FAIL");
  }

  @Test
  void tokenThatIsNotWholeIsAFinding(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(1);
    Answer report =
        api.post("/connections/doctor", admin, body("B", archive, "sv=2024-11-04&sp=rl"));
    assertThat(report.status()).as(report.text()).isEqualTo(200);
    assertThat(finding(report, "SAS_MALFORMED").path("fix").asString())
        .isEqualTo("Paste the whole SAS token, from its first parameter to the end of sig.");
    assertThat(report.at("/steps/0/status")).isEqualTo("FAIL");
    assertThat(report.at("/steps/4/status")).isEqualTo("SKIP");
  }

  @Test
  void anAccountsKeyCopiesWithTokensOfItsOwn(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(2);
    long before = api.stack().gateway().log().since(0).next();
    String key = api.stack().containers().connectionString(StorageAccounts.SOURCE);

    Answer report =
        api.post(
            "/connections/doctor",
            admin,
            body("K", archive, key).replace("SAS_TOKEN", "CONNECTION_STRING"));

    assertThat(report.at("/capabilities/copy")).as(report.text()).isEqualTo("OK");
    assertThat(report.at("/status")).isEqualTo("OK");
    assertThat(api.stack().gateway().log().since(before).entries())
        .filteredOn(request -> request.copySource() != null)
        .filteredOn(request -> String.valueOf(request.copySource()).contains(archive.container()))
        .isNotEmpty()
        .allMatch(request -> String.valueOf(request.copySource()).contains("sr=b"))
        .allMatch(request -> String.valueOf(request.copySource()).contains("sp=r&"));
  }

  @Test
  void twentyReportsAreKeptAndTheVersionStays(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(1);
    Answer made = save(api, admin, "C", archive, accountSas(api, "rl", "sco", -1));
    String path = "/connections/" + made.at("/id");
    String last = "";
    for (int i = 0; i < 21; i++) {
      Answer report = api.post(path + "/doctor", admin, null);
      assertThat(report.status()).as(report.text()).isEqualTo(200);
      last = report.at("/id");
    }

    Answer reports = api.get(path + "/doctor-reports?limit=15", admin);
    assertThat(reports.at("/items/0/id")).isEqualTo(last);
    String cursor = reports.at("/next_cursor");
    Answer rest = api.get(path + "/doctor-reports?limit=15&cursor=" + cursor, admin);
    assertThat(rest.body().path("items")).as(rest.text()).hasSize(5);
    assertThat(api.get(path, admin).headers().get("ETag")).isEqualTo(made.headers().get("ETag"));
    String stranger = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    assertThat(api.get(path + "/doctor-reports", stranger).status()).isEqualTo(404);
    assertThat(api.post(path + "/doctor", stranger, null).status()).isEqualTo(404);
  }

  /** A paused scan is resumed only where its connection passes now. */
  @Test
  void pausedScanIsResumedAfterACheck(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(20);
    String source = api.source(admin, archive);
    String match = "GET /source/" + archive.container();
    var rule = new FaultRule(match, null, "STATUS 403 AuthenticationFailed", null);
    api.stack().gateway().faults().add(rule);
    try {
      String scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");
      Answer paused = api.awaitScan(admin, scan, "PAUSED_AUTH");
      assertThat(paused.at("/cause/fix"))
          .isEqualTo(
              "The account key was rotated or the token was cut; create a new SAS token and save"
                  + " it.");

      Answer refused = api.post("/scans/" + scan + "/resume", admin, "{}");
      assertThat(refused.at("/code")).as(refused.text()).isEqualTo("CONNECTION_BROKEN");
      assertThat(refused.at("/details/cause")).isEqualTo("SIGNATURE_INVALID");
      api.stack().gateway().faults().clear();

      Answer resumed = api.post("/scans/" + scan + "/resume", admin, "{}");
      assertThat(resumed.status()).as(resumed.text()).isEqualTo(202);
      api.awaitScan(admin, scan, "COMPLETED");
    } finally {
      api.stack().gateway().faults().clear();
    }
  }

  private static Answer save(
      ApiStack api, String admin, String name, WrittenArchive archive, String secret) {
    Answer made = api.post("/connections", admin, body(name, archive, secret));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made;
  }

  private static String body(String name, WrittenArchive archive, String secret) {
    return ApiStack.connecting(name, archive, secret);
  }

  private static String accountSas(ApiStack api, String permissions, String types, int days) {
    var values =
        new AccountSasSignatureValues(
            OffsetDateTime.now(ZoneOffset.UTC).plusDays(days),
            AccountSasPermission.parse(permissions),
            AccountSasService.parse("b"),
            AccountSasResourceType.parse(types));
    return api.stack()
        .containers()
        .client(StorageAccounts.SOURCE, "any-" + UUID.randomUUID())
        .getServiceClient()
        .generateAccountSas(values);
  }

  private static JsonNode finding(Answer report, String code) {
    return StreamSupport.stream(report.body().path("findings").spliterator(), false)
        .filter(each -> each.path("code").asString().equals(code))
        .findFirst()
        .orElseThrow(() -> new AssertionError(code + " is not in " + report.text()));
  }

  private static String names(JsonNode list, String member) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(each -> Objects.requireNonNull(each.path(member).asString()))
        .reduce((one, other) -> one + "," + other)
        .orElse("");
  }
}
