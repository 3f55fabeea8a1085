package io.dorsal.functions.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.demo.WrittenArchive;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Connections over HTTP. A token of the local stack allows http, so the best status here is
 * WARNING.
 */
@ExtendWith(ApiStack.Started.class)
class ConnectionApiIntegrationTests {

  @Test
  void aConnectionIsMadeCheckedAndShown(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(3);

    Answer made =
        api.post("/connections", admin, ApiStack.connecting("Whales", archive, archive.sas()));

    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.headers())
        .containsEntry("Location", "/api/v1/connections/" + made.at("/id"))
        .containsKey("ETag");
    assertThat(made.at("/status")).isEqualTo("WARNING");
    assertThat(made.at("/capabilities/list")).isEqualTo("OK");
    assertThat(made.at("/secret_fingerprint")).matches("[0-9a-f]{8}");
    Answer again = api.get("/connections/" + made.at("/id"), admin);
    assertThat(again.headers().get("ETag")).isEqualTo(made.headers().get("ETag"));
    assertThat(
            api.post("/connections", admin, ApiStack.connecting("whales", archive, archive.sas()))
                .at("/code"))
        .isEqualTo("NAME_TAKEN");
  }

  @Test
  void aNewSecretNeedsTheVersionThatWasSeen(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(3);
    String broken = archive.sas().replaceFirst("sig=.", "sig=A");
    Answer made = api.post("/connections", admin, ApiStack.connecting("C", archive, broken));
    assertThat(made.at("/status")).as(made.text()).isEqualTo("BROKEN");
    assertThat(made.at("/finding/fix")).isNotEmpty();
    String secret = "/connections/" + made.at("/id") + "/secret";
    String body = "{\"secret\":\"" + archive.sas() + "\"}";
    String seen = Objects.requireNonNull(made.headers().get("ETag"));

    assertThat(api.call("PUT", secret, admin, body).status()).isEqualTo(428);
    assertThat(api.call("PUT", secret, admin, body, "If-Match", "x").status()).isEqualTo(400);
    Answer saved = api.call("PUT", secret, admin, body, "If-Match", seen);
    assertThat(saved.status()).as(saved.text()).isEqualTo(200);
    assertThat(saved.at("/status")).isEqualTo("WARNING");
    assertThat(saved.body().path("secret_version").asInt()).isEqualTo(2);
    Answer stale = api.call("PUT", secret, admin, body, "If-Match", seen);
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.at("/code")).isEqualTo("STALE_VERSION");
    assertThat("\"v" + stale.at("/details/current_version") + "\"")
        .isEqualTo(saved.headers().get("ETag"));
  }

  @Test
  void anotherTenantsConnectionDoesNotExist(ApiStack api) {
    WrittenArchive archive = api.archive(3);
    String mine = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String theirs = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    Answer made = api.post("/connections", mine, ApiStack.connecting("C", archive, archive.sas()));
    String path = "/connections/" + made.at("/id");

    assertThat(api.get(path, theirs).status()).isEqualTo(404);
    assertThat(
            api.call("PUT", path + "/secret", theirs, "{\"secret\":\"x\"}", "If-Match", "\"v0\"")
                .status())
        .isEqualTo(404);
    assertThat(api.get("/connections", theirs).body().path("items")).isEmpty();
    String source =
        "{\"connection_id\":\"%s\",\"name\":\"S\",\"container\":\"%s\"}"
            .formatted(made.at("/id"), archive.container());
    assertThat(api.post("/sources", theirs, source).status()).isEqualTo(404);
  }

  @Test
  void listsAreReadPageByPage(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(3);
    List<String> made = new ArrayList<>();
    for (String name : List.of("a", "B", "c")) {
      made.add(
          api.post("/connections", admin, ApiStack.connecting(name, archive, archive.sas()))
              .at("/id"));
    }
    Answer first = api.get("/connections?limit=2", admin);
    Answer second = api.get("/connections?limit=2&cursor=" + first.at("/next_cursor"), admin);

    assertThat(List.of(first.at("/items/0/id"), first.at("/items/1/id"), second.at("/items/0/id")))
        .isEqualTo(made);
    assertThat(second.body().path("next_cursor").isNull()).isTrue();
    assertThat(api.get("/sources?cursor=" + first.at("/next_cursor"), admin).at("/code"))
        .isEqualTo("PAGE_CURSOR_INVALID");
  }

  @Test
  void overlappingSourcesAreWarnedOf(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(3);
    String whole = api.source(admin, archive);
    Answer shown = api.get("/sources/" + whole, admin);
    String body =
        "{\"connection_id\":\"%s\",\"name\":\"Part\",\"container\":\"%s\",\"prefix\":\"2024/\"}"
            .formatted(shown.at("/connection_id"), archive.container());

    Answer part = api.post("/sources", admin, body);
    Answer twice = api.post("/sources", admin, body);

    assertThat(part.status()).isEqualTo(201);
    assertThat(part.at("/warnings/0/code")).isEqualTo("SOURCE_OVERLAPS");
    assertThat(part.at("/warnings/0/source_ids/0")).isEqualTo(whole);
    assertThat(twice.at("/code")).isEqualTo("SOURCE_EXISTS");
    assertThat(twice.at("/details/source_id")).isEqualTo(part.at("/id"));
    assertThat(api.get("/sources/" + UUID.randomUUID(), admin).status()).isEqualTo(404);
  }
}
