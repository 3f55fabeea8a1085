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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Connections are renamed, switched off, listed, asked for containers and deleted over HTTP. A
 * token of the local stack allows http, so the best status here is WARNING.
 */
@ExtendWith(ApiStack.Started.class)
class ConnectionChangesIntegrationTests {

  private static String etag(Answer answer) {
    return Objects.requireNonNull(answer.headers().get("ETag"), answer.text());
  }

  private static Answer patch(ApiStack api, String token, Answer seen, String body) {
    return api.call("PATCH", "/connections/" + seen.at("/id"), token, body, "If-Match", etag(seen));
  }

  private static Answer delete(ApiStack api, String token, Answer seen) {
    return api.call(
        "DELETE", "/connections/" + seen.at("/id"), token, null, "If-Match", etag(seen));
  }

  private static Answer connected(ApiStack api, String token, String name, WrittenArchive archive) {
    Answer made =
        api.post("/connections", token, ApiStack.connecting(name, archive, archive.sas()));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made;
  }

  private static String accountSas(ApiStack api, String types) {
    var client = api.stack().container("source", "any-container").getServiceClient();
    return client.generateAccountSas(
        new AccountSasSignatureValues(
            OffsetDateTime.now(ZoneOffset.UTC).plusDays(200),
            AccountSasPermission.parse("rl"),
            new AccountSasService().setBlobAccess(true),
            AccountSasResourceType.parse(types)));
  }

  @Test
  void namesContainersAndDisabledCanBeChanged(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(3);
    Answer made = connected(api, admin, "Whales", archive);
    connected(api, admin, "Seals", archive);

    assertThat(made.at("/sas/kind")).isEqualTo("CONTAINER");
    assertThat(made.at("/sas/sp")).isEqualTo("rl");
    assertThat(made.body().path("sas").has("sig")).isFalse();
    Answer named = patch(api, admin, made, "{\"name\":\"Grüne Wale\"}");
    assertThat(named.at("/name")).as(named.text()).isEqualTo("Grüne Wale");
    assertThat(named.at("/status")).isEqualTo("WARNING");
    assertThat(patch(api, admin, made, "{\"name\":\"X\"}").at("/code")).isEqualTo("STALE_VERSION");
    assertThat(patch(api, admin, named, "{\"name\":\"SEALS\"}").at("/code"))
        .isEqualTo("NAME_TAKEN");
    assertThat(patch(api, admin, named, "{\"name\":\"\"}").at("/code"))
        .isEqualTo("VALIDATION_FAILED");
    assertThat(patch(api, admin, named, "{\"containers\":[]}").at("/details/fields/0/code"))
        .isEqualTo("EXACTLY_ONE");
    assertThat(patch(api, admin, named, "{\"secret\":\"sig=MARKER\"}").at("/code"))
        .isEqualTo("VALIDATION_FAILED");

    Answer off = patch(api, admin, named, "{\"disabled\":true}");
    assertThat(off.at("/status")).isEqualTo("DISABLED");
    String source =
        "{\"connection_id\":\"%s\",\"name\":\"S\",\"container\":\"%s\"}"
            .formatted(made.at("/id"), archive.container());
    String id = api.post("/sources", admin, source).at("/id");
    assertThat(api.post("/scans", admin, "{\"source_id\":\"" + id + "\"}").at("/code"))
        .isEqualTo("CONNECTION_BROKEN");
    Answer on = patch(api, admin, off, "{\"disabled\":false}");
    assertThat(on.at("/status")).isEqualTo("WARNING");
    assertThat(patch(api, admin, on, "{\"account_name\":\"other\"}").at("/code"))
        .isEqualTo("CONNECTION_IN_USE");
    String lower = api.token(ApiStack.tenant(), "ADMINISTRATOR");
    assertThat(patch(api, lower, on, "{\"name\":\"X\"}").status()).isEqualTo(403);
  }

  @Test
  void listsAreFilteredByKindStatusAndEnd(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(3);
    Answer one = connected(api, admin, "One", archive);
    patch(api, admin, connected(api, admin, "Two", archive), "{\"disabled\":true}");
    String end = one.at("/expires_at");

    assertThat(names(api, admin, "kind=AZURE_BLOB")).isEqualTo("One,Two");
    assertThat(names(api, admin, "kind=SHAREPOINT")).isEmpty();
    assertThat(names(api, admin, "status=DISABLED")).isEqualTo("Two");
    assertThat(names(api, admin, "expires_before=" + end)).isEmpty();
    assertThat(names(api, admin, "status=WARNING&expires_before=2199-01-01T00:00:00Z"))
        .isEqualTo("One");
    assertThat(api.get("/connections?status=GONE", admin).status()).isEqualTo(400);
    assertThat(api.get("/connections?expires_before=soon", admin).status()).isEqualTo(400);
  }

  private static String names(ApiStack api, String token, String query) {
    Answer page = api.get("/connections?" + query, token);
    assertThat(page.status()).as(page.text()).isEqualTo(200);
    return String.join(
        ",", page.body().path("items").valueStream().map(c -> c.path("name").asString()).toList());
  }

  @Test
  void containersAreListedLiveWhereTheCredentialCan(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(3);
    Answer container = connected(api, admin, "Container", archive);
    Answer refused = api.get("/connections/" + container.at("/id") + "/containers", admin);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("CONTAINER_LIST_NOT_ALLOWED");
    assertThat(refused.at("/fix"))
        .isEqualTo("Type the container name; this credential cannot list containers.");

    String all = ApiStack.connecting("All", archive, accountSas(api, "sco"));
    Answer one = api.post("/connections", admin, all);
    assertThat(containers(api, admin, one)).containsExactly(archive.container());
    Answer every = patch(api, admin, one, "{\"containers\":[]}");
    assertThat(containers(api, admin, every)).contains(archive.container());
    String objects = ApiStack.connecting("Objects", archive, accountSas(api, "co"));
    Answer lacks = api.post("/connections", admin, objects);
    assertThat(api.get("/connections/" + lacks.at("/id") + "/containers", admin).at("/code"))
        .isEqualTo("CONTAINER_LIST_NOT_ALLOWED");
  }

  private static java.util.List<String> containers(ApiStack api, String token, Answer connection) {
    Answer page = api.get("/connections/" + connection.at("/id") + "/containers?limit=200", token);
    assertThat(page.status()).as(page.text()).isEqualTo(200);
    return page.body().path("items").valueStream().map(c -> c.path("name").asString()).toList();
  }

  /** Scenario 8: a connection with a running scan is not deleted; afterwards its secret is gone. */
  @Test
  void aConnectionInUseIsNotDeleted(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(20);
    Answer made = connected(api, admin, "Used", archive);
    String body =
        "{\"connection_id\":\"%s\",\"name\":\"S\",\"container\":\"%s\"}"
            .formatted(made.at("/id"), archive.container());
    String source = "{\"source_id\":\"" + api.post("/sources", admin, body).at("/id") + "\"}";
    var faults = api.stack().gateway().faults();
    // Reads, not the listing, whose URL ends in the container.
    faults.add(new FaultRule("GET .*/" + archive.container() + "/.*", null, "DELAY 3000", null));
    String scan;
    try {
      scan = api.post("/scans", admin, source).at("/id");
      Answer refused = delete(api, admin, made);
      assertThat(refused.status()).as(refused.text()).isEqualTo(409);
      api.awaitScan(admin, scan, "INSPECTING");
      refused = delete(api, admin, made);
      assertThat(refused.at("/code")).isEqualTo("CONNECTION_IN_USE");
      assertThat(refused.at("/details/scans/0")).isEqualTo(scan);
      assertThat(refused.body().at("/details/runs")).isEmpty();
      assertThat(api.get("/connections/" + made.at("/id"), admin).status()).isEqualTo(200);
    } finally {
      faults.clear();
    }
    api.post("/scans/" + scan + "/cancel", admin, null);
    api.awaitScan(admin, scan, "CANCELED");

    assertThat(api.call("DELETE", "/connections/" + made.at("/id"), admin, null).status())
        .isEqualTo(428);
    Answer deleted = delete(api, admin, made);
    assertThat(deleted.status()).as(deleted.text()).isEqualTo(204);
    assertThat(deleted.text()).isEmpty();
    assertThat(api.get("/connections/" + made.at("/id"), admin).status()).isEqualTo(404);
    assertThat(api.get("/connections", admin).body().path("items")).isEmpty();
    assertThat(api.get("/scans/" + scan, admin).at("/state")).isEqualTo("CANCELED");
    assertThat(
            api.rows(
                "select length(sealed_secret), length(wrapped_key) from connection where id = '"
                    + made.at("/id")
                    + "'"))
        .containsExactly("0|0");
    assertThat(api.post("/scans", admin, source).at("/code")).isEqualTo("CONNECTION_BROKEN");
    connected(api, admin, "Used", archive);
  }
}
