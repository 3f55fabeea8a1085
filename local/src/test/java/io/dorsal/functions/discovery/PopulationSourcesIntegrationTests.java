package io.dorsal.functions.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.oidc.TokenRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** 10, section 0: administrators and professionals of own populations, in a tenant of two. */
@ExtendWith(ApiStack.Started.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class PopulationSourcesIntegrationTests {

  private final String tenant = ApiStack.tenant();
  private String admin;
  private String orcas;
  private String whales;
  private String ofOrcas;
  private String ofWhales;
  private WrittenArchive archive;
  private String connection;
  private String source;
  private String scan;

  @BeforeAll
  void aScannedSourceOfTheOrcas(ApiStack api) {
    admin = api.token(tenant, "TENANT_ADMIN");
    orcas = population(api, "Orcas");
    whales = population(api, "Whales");
    ofOrcas = person(api, "olga", orcas, "ADMINISTRATOR");
    ofWhales = person(api, "walt", whales, "ADMINISTRATOR");
    archive = api.archive(6);
    connection =
        api.post("/connections", admin, ApiStack.connecting("C", archive, archive.sas())).at("/id");
    source = registered(register(api, ofOrcas, "", orcas));
    scan = api.post("/scans", ofOrcas, "{\"source_id\":\"" + source + "\"}").at("/id");
    api.awaitScan(ofOrcas, scan, "COMPLETED");
    assertThat(put(api, "/sources/" + source + "/schedule", ofOrcas).status()).isEqualTo(200);
  }

  private String population(ApiStack api, String name) {
    String body = "{\"name\":\"%s\",\"species_scientific_name\":\"Cetacea\"}".formatted(name);
    String path = "/populations/" + api.post("/populations", admin, body).at("/id");
    Answer approved =
        api.call("POST", path + "/approve", admin, null, "If-Match", api.get(path, admin).tag());
    assertThat(approved.status()).as(approved.text()).isEqualTo(200);
    return approved.at("/id");
  }

  /** The token of somebody new with a role in the population. */
  private String person(ApiStack api, String name, String population, String role) {
    String subject = name + "@" + tenant;
    api.rows(
        "insert into users (tenant_id, issuer, subject, status) values ('%s', '%s', '%s', 'ACTIVE')"
            .formatted(TokenRequest.tenantId(tenant), api.stack().issuer(), subject));
    give(api, name, population, role);
    return api.stack().tokens().mint(TokenRequest.user(tenant, subject));
  }

  private void give(ApiStack api, String name, String population, String role) {
    api.rows(
        """
        insert into population_member (tenant_id, population_id, user_id, role, state)
        select tenant_id, '%s', id, '%s', 'CONFIRMED' from users where subject = '%s'
        on conflict (tenant_id, population_id, user_id) do update set role = excluded.role
        """
            .formatted(population, role, name + "@" + tenant));
  }

  private Answer register(ApiStack api, String who, String prefix, @Nullable String population) {
    String of = population == null ? "null" : "\"" + population + "\"";
    return api.post(
        "/sources",
        who,
        """
        {"connection_id":"%s","name":"S","container":"%s","prefix":"%s","population_id":%s}
        """
            .formatted(connection, archive.container(), prefix, of));
  }

  private static String registered(Answer made) {
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.at("/id");
  }

  private static Answer put(ApiStack api, String schedule, String who) {
    return api.call("PUT", schedule, who, "{\"cron\":\"0 3 * * *\"}");
  }

  private static List<String> ids(ApiStack api, String list, String who) {
    Answer page = api.get(list, who);
    assertThat(page.status()).as(page.text()).isEqualTo(200);
    return page.body().path("items").valueStream().map(each -> each.at("/id").asString()).toList();
  }

  private static void assertRefused(Answer answer, int status, String code) {
    assertThat(answer.at("/code")).as(answer.text()).isEqualTo(code);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
  }

  private void assertNotThere(Answer answer) {
    assertRefused(answer, 404, "NOT_FOUND");
    assertThat(answer.text()).doesNotContain(orcas);
  }

  @Test
  void aSourceAndItsScansExistForItsPopulationAlone(ApiStack api) {
    String file = api.get("/scans/" + scan + "/files", ofOrcas).at("/items/0/id");
    for (String part :
        List.of(
            "",
            "/summary",
            "/files",
            "/files/" + file,
            "/tree",
            "/issues",
            "/patterns",
            "/log",
            "/spreadsheets",
            "/format-suggestions")) {
      Answer own = api.get("/scans/" + scan + part, ofOrcas);
      assertThat(own.status()).as(own.text()).isEqualTo(200);
      assertNotThere(api.get("/scans/" + scan + part, ofWhales));
    }
    for (String part : List.of("", "/schedule", "/schedule-runs")) {
      assertThat(api.get("/sources/" + source + part, ofOrcas).status()).isEqualTo(200);
      assertNotThere(api.get("/sources/" + source + part, ofWhales));
    }
    assertNotThere(api.get("/scans/" + scan + "/events", ofWhales));
    for (String list : List.of("/sources", "/scans")) {
      String id = list.equals("/scans") ? scan : source;
      assertThat(ids(api, list, ofOrcas)).contains(id);
      assertThat(ids(api, list, admin)).contains(id);
      assertThat(ids(api, list, ofWhales)).doesNotContain(id);
    }
    assertThat(ids(api, "/scans?source_id=" + source, ofWhales)).isEmpty();
  }

  @Test
  void nobodyElseChangesIt(ApiStack api) {
    String path = "/scans/" + scan;
    String suggestion = path + "/format-suggestions/" + UUID.randomUUID();
    assertNotThere(api.post("/scans", ofWhales, "{\"source_id\":\"" + source + "\"}"));
    for (String act : List.of("/cancel", "/resume")) {
      assertNotThere(api.post(path + act, ofWhales, null));
    }
    assertNotThere(api.post(path + "/guard", ofWhales, "{\"decision\":\"CONFIRM\"}"));
    assertNotThere(api.post(suggestion + "/accept", ofWhales, null));
    assertNotThere(api.call("DELETE", path, ofWhales, null));
    assertNotThere(put(api, "/sources/" + source + "/schedule", ofWhales));
    assertNotThere(api.call("DELETE", "/sources/" + source + "/schedule", ofWhales, null));
    assertNotThere(patch(api, source, ofWhales, "{\"name\":\"Mine\"}"));
    assertNotThere(api.call("DELETE", "/sources/" + source, ofWhales, null, "If-Match", "\"v0\""));
    assertThat(api.get("/sources/" + source, ofOrcas).at("/name")).isEqualTo("S");
    assertThat(api.get("/sources/" + source + "/schedule", ofOrcas).status()).isEqualTo(200);
  }

  private static Answer patch(ApiStack api, String id, String who, String body) {
    return api.call("PATCH", "/sources/" + id, who, body, "If-Match", "\"v0\"");
  }

  @Test
  void theRoleInItsOwnPopulationCounts(ApiStack api) {
    String both = person(api, "both", whales, "ADMINISTRATOR");
    give(api, "both", orcas, "VIEWER");
    Answer seen = api.get("/scans/" + scan, both);
    assertThat(seen.status()).as(seen.text()).isEqualTo(200);
    assertThat(List.of("prefix", "prefixes", "include", "exclude"))
        .allMatch(name -> seen.body().path(name).isNull());
    Answer summary = api.get("/scans/" + scan + "/summary", both);
    assertThat(summary.body().at("/images/cameras").isNull()).as(summary.text()).isTrue();
    assertThat(ids(api, "/scans", both)).contains(scan);
    assertThat(ids(api, "/sources", both)).doesNotContain(source);
    assertRefused(api.get("/sources/" + source, both), 403, "PERMISSION_DENIED");
    assertRefused(api.get("/scans/" + scan + "/files", both), 403, "PERMISSION_DENIED");
    assertRefused(api.post("/scans/" + scan + "/cancel", both, null), 403, "PERMISSION_DENIED");
    Answer start = api.post("/scans", both, "{\"source_id\":\"" + source + "\"}");
    assertRefused(start, 403, "PERMISSION_DENIED");
    assertThat(start.at("/details/required_role")).isEqualTo("ADMINISTRATOR");

    String reader = person(api, "reader", orcas, "PROFESSIONAL");
    assertThat(api.get("/scans/" + scan + "/files", reader).status()).isEqualTo(200);
    assertThat(api.get("/scans/" + scan, reader).body().path("prefix").isNull()).isFalse();
    assertThat(ids(api, "/sources", reader)).contains(source);
  }

  @Test
  void aSourceIsGivenToAPopulationByItsAdministrators(ApiStack api) {
    assertRefused(register(api, ofWhales, "given/", orcas), 403, "PERMISSION_DENIED");
    String made = registered(register(api, ofWhales, "given/", whales));
    String toOrcas = "{\"population_id\":\"" + orcas + "\"}";
    assertRefused(patch(api, made, ofWhales, toOrcas), 403, "PERMISSION_DENIED");
    assertNotThere(patch(api, made, ofOrcas, toOrcas));
    Answer freed = patch(api, made, ofWhales, "{\"population_id\":null}");
    assertThat(freed.status()).as(freed.text()).isEqualTo(200);
    // What is of no population is for the administrators of any.
    Answer taken = api.call("PATCH", "/sources/" + made, ofOrcas, toOrcas, "If-Match", freed.tag());
    assertThat(taken.at("/population_id")).as(taken.text()).isEqualTo(orcas);
    assertNotThere(api.get("/sources/" + made, ofWhales));
  }

  @Test
  void whatOverlapsIsToldWithoutNamingWhatIsNotThere(ApiStack api) {
    String first = registered(register(api, ofOrcas, "shared/", orcas));
    assertRefused(register(api, ofWhales, "shared/", whales), 409, "SOURCE_EXISTS");
    assertThat(register(api, ofWhales, "shared/", whales).text()).doesNotContain(first);
    assertThat(register(api, ofOrcas, "shared/", orcas).at("/details/source_id")).isEqualTo(first);
    Answer inside = register(api, ofWhales, "shared/inside/", whales);
    registered(inside);
    assertThat(inside.at("/warnings/0/code")).isEqualTo("SOURCE_OVERLAPS");
    assertThat(inside.body().at("/warnings/0/source_ids")).isEmpty();
  }

  @Test
  void aReplayedRequestIsForWhoStillMayAskForIt(ApiStack api) throws Exception {
    String other = registered(register(api, ofOrcas, "replayed/", orcas));
    String asks = person(api, "asks", orcas, "ADMINISTRATOR");
    String body = "{\"source_id\":\"" + other + "\"}";
    String[] once = {"Idempotency-Key", UUID.randomUUID().toString()};
    assertThat(api.call("POST", "/scans", asks, body, once).status()).isEqualTo(202);
    assertThat(api.call("POST", "/scans", asks, body, once).status()).isEqualTo(202);
    give(api, "asks", orcas, "VIEWER");
    give(api, "asks", whales, "ADMINISTRATOR");
    Thread.sleep(3_500);
    assertRefused(api.call("POST", "/scans", asks, body, once), 403, "PERMISSION_DENIED");
  }
}
