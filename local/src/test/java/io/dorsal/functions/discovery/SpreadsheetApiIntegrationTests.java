package io.dorsal.functions.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.demo.WrittenArchive;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Spreadsheets of a scan, known formats and their suggestions (10, section 2.5) over HTTP. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class SpreadsheetApiIntegrationTests {

  private static final String FORMATS = "/spreadsheet-formats";

  private static final String FORMAT =
      """
      {"name": "%s", "required_headers": ["Date", "Whale ID", "Latitude", "Longitude", "Boat"],
       "column_mapping": {"date": "Date", "individuals": "Whale ID"}}
      """;

  private static ApiStack api;
  private static String tenant;
  private static String admin;
  private static String source;
  private static String scan;

  @BeforeAll
  static void scanTwoSheets(ApiStack started) {
    api = started;
    tenant = ApiStack.tenant();
    admin = api.token(tenant, "TENANT_ADMIN");
    String name = "sheets" + UUID.randomUUID().toString().replace("-", "");
    var container = api.stack().containers().client("source", name);
    container.create();
    upload(
        container.getBlobClient("2019/sightings.csv"),
        """
        Date,Whale ID,Latitude,Longitude,Observer
        2019-07-12,J35,48.51,-123.15,Ann Lee
        2019-07-13,J36,48.52,-123.16,Bo Ray
        2019-07-14,K20,48.53,-123.17,Ann Lee
        """);
    upload(container.getBlobClient("2020/costs.csv"), "Item;Price\nFuel;12.5\nRope;3\n");
    var written =
        new WrittenArchive(
            "source",
            api.stack().containers().endpoint("source"),
            name,
            "",
            api.stack().containers().readSas("source", name, Duration.ofDays(40)),
            2,
            1,
            "none");
    source = api.source(admin, written);
    scan = completedScan();
  }

  private static void upload(com.azure.storage.blob.BlobClient blob, String text) {
    blob.upload(BinaryData.fromString(text), true);
  }

  private static String completedScan() {
    String id =
        api.post("/scans", admin, "{\"source_id\":\"%s\",\"mode\":\"FULL\"}".formatted(source))
            .at("/id");
    api.awaitScan(admin, id, "COMPLETED");
    return "/scans/" + id;
  }

  @Test
  void sheetsAreListedByPathWithTheirColumns() {
    Answer first = api.get(scan + "/spreadsheets?limit=1", admin);

    assertThat(first.status()).as(first.text()).isEqualTo(200);
    assertThat(first.at("/items/0/path")).isEqualTo("2019/sightings.csv");
    assertThat(first.at("/items/0/sheets/0/rows")).isEqualTo("4");
    assertThat(first.at("/items/0/sheets/0/header_row")).isEqualTo("1");
    assertThat(first.at("/items/0/sheets/0/columns/0/header")).isEqualTo("Date");
    assertThat(first.at("/items/0/sheets/0/columns/0/type")).isEqualTo("DATE");
    assertThat(first.at("/items/0/sheets/0/columns/0/candidate")).isEqualTo("true");
    assertThat(first.at("/items/0/sheets/0/columns/2/type")).isEqualTo("LATITUDE");
    Answer second =
        api.get(scan + "/spreadsheets?limit=1&cursor=" + first.at("/next_cursor"), admin);
    assertThat(second.at("/items/0/path")).as(second.text()).isEqualTo("2020/costs.csv");
    assertThat(second.at("/items/0/sheets/0/columns/1/header")).isEqualTo("Price");
    assertThat(second.body().path("next_cursor").isNull()).isTrue();
  }

  @Test
  void sheetsAreSeenByProfessionalsOfTheTenantOnly() {
    assertThat(api.get(scan + "/spreadsheets", api.token(tenant, "VIEWER")).status())
        .isEqualTo(403);
    assertThat(api.get(scan + "/spreadsheets", stranger()).status()).isEqualTo(404);
    assertThat(api.get(scan + "/spreadsheets?cursor=x", admin).at("/code"))
        .isEqualTo("PAGE_CURSOR_INVALID");
    assertThat(api.get(scan + "/spreadsheets?limit=201", admin).status()).isEqualTo(400);
  }

  @Test
  void aFormatIsSuggestedAcceptedAndDismissedForItsSource() {
    Answer made = api.post(FORMATS, admin, FORMAT.formatted("Sightings"));
    String key = made.at("/id");

    Answer suggested = api.get(scan + "/format-suggestions", admin);

    // Four of its five headings are there.
    assertThat(suggested.body().path("items")).as(suggested.text()).hasSize(1);
    assertThat(suggested.at("/items/0/key")).isEqualTo(key);
    assertThat(suggested.at("/items/0/coverage")).isEqualTo("0.8");
    assertThat(suggested.at("/items/0/column_mapping/individuals")).isEqualTo("Whale ID");
    assertThat(suggested.at("/items/0/decision")).isEmpty();
    assertThat(api.get(scan + "/spreadsheets", admin).at("/items/0/sheets/0/formats/0"))
        .isEqualTo(key);
    String decide = scan + "/format-suggestions/" + key;
    assertThat(api.post(decide + "/accept", api.token(tenant, "PROFESSIONAL"), null).status())
        .isEqualTo(403);
    assertThat(api.post(decide + "/accept", stranger(), null).status()).isEqualTo(404);
    assertThat(api.post(decide + "/accept", admin, null).status()).isEqualTo(204);
    assertThat(api.get(scan + "/format-suggestions", admin).at("/items/0/decision"))
        .isEqualTo("ACCEPTED");

    assertThat(api.post(decide + "/dismiss", admin, null).status()).isEqualTo(204);
    assertThat(api.get(scan + "/format-suggestions", admin).body().path("items")).isEmpty();
    assertThat(api.get(completedScan() + "/format-suggestions", admin).body().path("items"))
        .isEmpty();
    assertThat(api.post(decide + "/accept", admin, null).at("/code")).isEqualTo("NOT_FOUND");
  }

  @Test
  void aFormatIsKeptReplacedAndForgotten() {
    String here = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    Answer made = api.post(FORMATS, here, FORMAT.formatted("Log"));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String path = FORMATS + "/" + made.at("/id");
    assertThat(made.headers()).containsEntry("Location", "/api/v1" + path);
    assertThat(api.get(path, here).at("/required_headers/1")).isEqualTo("Whale ID");
    assertThat(api.post(FORMATS, here, FORMAT.formatted("LOG")).at("/code"))
        .isEqualTo("NAME_TAKEN");

    Answer blind = api.call("PUT", path, here, FORMAT.formatted("Log 2"));
    assertThat(blind.status()).isEqualTo(428);
    Answer replaced =
        api.call("PUT", path, here, FORMAT.formatted("Log 2"), "If-Match", etag(made));
    assertThat(replaced.at("/name")).as(replaced.text()).isEqualTo("Log 2");
    assertThat(api.call("DELETE", path, here, null, "If-Match", etag(made)).at("/code"))
        .isEqualTo("STALE_VERSION");
    assertThat(api.get(path, stranger()).status()).isEqualTo(404);
    assertThat(api.call("DELETE", path, here, null, "If-Match", etag(replaced)).status())
        .isEqualTo(204);
    assertThat(api.get(path, here).status()).isEqualTo(404);
  }

  @Test
  void formatsAreListedByNameInPages() {
    String here = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    for (String name : new String[] {"b", "A", "c"}) {
      api.post(FORMATS, here, FORMAT.formatted(name));
    }
    Answer first = api.get(FORMATS + "?limit=2", here);
    assertThat(first.at("/items/0/name") + first.at("/items/1/name")).isEqualTo("Ab");
    Answer rest = api.get(FORMATS + "?limit=2&cursor=" + first.at("/next_cursor"), here);
    assertThat(rest.at("/items/0/name")).isEqualTo("c");
    assertThat(rest.body().path("items")).hasSize(1);
  }

  @Test
  void whatIsNoFormatIsRefusedByField() {
    assertField(
        "{\"name\": \"\", \"required_headers\": [\"Date\"], \"column_mapping\": {}}", "name");
    assertField("{\"name\": \"x\", \"required_headers\": []}", "required_headers");
    assertField(
        "{\"name\": \"x\", \"required_headers\": [\"Date\"], \"column_mapping\": {\"color\":"
            + " \"D\"}}",
        "column_mapping");
    assertField("{\"name\": \"x\", \"required_headers\": [\"Date\"], \"more\": 1}", "more");
    String viewer = api.token(tenant, "VIEWER");
    assertThat(api.post(FORMATS, viewer, FORMAT.formatted("V")).status()).isEqualTo(403);
    assertThat(api.get(FORMATS, viewer).status()).isEqualTo(403);
  }

  private static void assertField(@Nullable String body, String field) {
    Answer refused = api.post(FORMATS, admin, body);
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.at("/code")).isEqualTo("VALIDATION_FAILED");
    assertThat(refused.at("/details/fields/0/field")).as(refused.text()).isEqualTo(field);
  }

  private static String etag(Answer answer) {
    return String.valueOf(answer.headers().get("ETag"));
  }

  private static String stranger() {
    return api.token(ApiStack.tenant(), "TENANT_ADMIN");
  }
}
