package io.dorsal.functions.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Webhooks over the API. Nothing listens at 203.0.113.1, which RFC 5737 keeps for documents. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class WebhookApiIntegrationTests {

  private static final String WANTED =
      "{\"name\":\"Ours\",\"url\":\"https://203.0.113.1/in\",\"events\":[\"scan.finished\"],"
          + "\"headers\":[{\"name\":\"Authorization\",\"value\":\"Bearer planted-value\"}]}";

  private final String tenant = ApiStack.tenant();
  private String admin;

  @BeforeEach
  void tenant(ApiStack api) {
    admin = api.token(tenant, "TENANT_ADMIN");
  }

  @Test
  void theSecretIsShownOnceAndLiesNowhereInTheOpen(ApiStack api) {
    String[] once = {"Idempotency-Key", UUID.randomUUID().toString()};
    Answer made = api.call("POST", "/admin/webhooks", admin, WANTED, once);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String secret = made.at("/secret");
    assertThat(secret).matches("[A-Za-z0-9_-]{43}");
    Answer again = api.call("POST", "/admin/webhooks", admin, WANTED, once);
    assertThat(again.at("/id")).isEqualTo(made.at("/id"));
    assertThat(again.body().get("secret").isNull()).isTrue();
    String path = "/admin/webhooks/" + made.at("/id");
    assertThat(api.get(path, admin).text())
        .doesNotContain(secret, "planted-value")
        .contains("Authorization");
    for (String table :
        api.rows(
            "select relname from pg_class where relkind = 'r' and relnamespace ="
                + " 'dorsal'::regnamespace")) {
      assertThat(
              api.rows(
                  "select count(*) from %s t where t::text ~ '%s|planted-value'"
                      .formatted(table, secret)))
          .as(table)
          .containsExactly("0");
    }
  }

  @Test
  void scenario29TheStackLeadsNowherePrivate(ApiStack api) {
    Answer made = api.post("/admin/webhooks", admin, WANTED);
    String path = "/admin/webhooks/" + made.at("/id");
    for (String url : new String[] {"https://127.0.0.1/", "https://169.254.169.254/"}) {
      Answer refused =
          api.post("/admin/webhooks", admin, WANTED.replace("https://203.0.113.1/in", url));
      assertThat(refused.status()).as(refused.text()).isEqualTo(422);
      assertThat(refused.at("/code")).isEqualTo("WEBHOOK_URL_REFUSED");
      Answer changed =
          api.call("PATCH", path, admin, "{\"url\":\"" + url + "\"}", "If-Match", made.tag());
      assertThat(changed.at("/code")).as(changed.text()).isEqualTo("WEBHOOK_URL_REFUSED");
    }
    assertThat(api.get(path, admin).at("/url")).isEqualTo(made.at("/url"));
  }

  @Test
  void changesNameTheVersionTheyHaveSeen(ApiStack api) {
    Answer made = api.post("/admin/webhooks", admin, WANTED);
    String path = "/admin/webhooks/" + made.at("/id");
    Answer changed = api.call("PATCH", path, admin, "{\"name\":\"Other\"}", "If-Match", made.tag());
    assertThat(changed.at("/name")).as(changed.text()).isEqualTo("Other");
    assertThat(changed.at("/header_names/0")).isEqualTo("Authorization");
    Answer stale = api.call("PATCH", path, admin, "{\"name\":\"X\"}", "If-Match", made.tag());
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.at("/details/current/name")).isEqualTo("Other");
    String elsewhere = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    assertThat(api.get(path, elsewhere).status()).isEqualTo(404);
    assertThat(api.get(path, api.token(tenant, "AUDITOR")).status()).isEqualTo(403);
    assertThat(api.call("DELETE", path, admin, null).status()).isEqualTo(204);
    assertThat(api.get(path, admin).status()).isEqualTo(404);
  }

  @Test
  void aTestIsSentByTheTimerAndItsFailureIsListed(ApiStack api) {
    Answer made = api.post("/admin/webhooks", admin, WANTED);
    String path = "/admin/webhooks/" + made.at("/id");
    assertThat(api.post(path + "/pause", admin, null).at("/state")).isEqualTo("PAUSED");
    assertThat(api.post(path + "/test", admin, null).at("/code")).isEqualTo("STATE_CONFLICT");
    assertThat(api.post(path + "/resume", admin, null).at("/state")).isEqualTo("ACTIVE");
    assertThat(api.post(path + "/test", admin, null).status()).isEqualTo(202);
    Answer listed =
        api.await(
            "the test was tried",
            () -> {
              Answer now = api.get(path + "/deliveries?limit=10", admin);
              return now.body().at("/items/0/attempts").asInt() > 0 ? now : null;
            });
    assertThat(listed.at("/items/0/event")).isEqualTo("webhook.tested");
    assertThat(listed.at("/items/0/last_error")).isNotEmpty();
    assertThat(
            api.post(path + "/deliveries/" + listed.at("/items/0/id") + "/redeliver", admin, null)
                .at("/code"))
        .as("it waits anyway")
        .isEqualTo("STATE_CONFLICT");
  }

  @Test
  void aTenantHasTwentyAtMost(ApiStack api) {
    for (int i = 0; i < 20; i++) {
      assertThat(api.post("/admin/webhooks", admin, WANTED).status()).isEqualTo(201);
    }
    Answer refused = api.post("/admin/webhooks", admin, WANTED);
    assertThat(refused.at("/code")).isEqualTo("STATE_CONFLICT");
    assertThat(refused.at("/details/limit")).isEqualTo("20");
    assertThat(api.get("/admin/webhooks?limit=200", admin).body().at("/items")).hasSize(20);
  }
}
