package io.dorsal.functions.access;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.access.Sha256;
import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.functions.EveryRow;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

/** Keys over the API: how they are made and what they open. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class ApiKeyIntegrationTests {

  private static final String EVERYTHING =
      "{\"name\":\"Everything\",\"kind\":\"SERVICE\",\"scopes\":[\"*\"]}";

  private final String tenant = ApiStack.tenant();
  private String admin;

  @BeforeEach
  void tenant(ApiStack api) {
    admin = api.token(tenant, "TENANT_ADMIN");
  }

  @Test
  void scenario14KeyIsInItsFirstAnswerOnlyAndNowhereInTheDatabase(ApiStack api) {
    String[] once = {"Idempotency-Key", UUID.randomUUID().toString()};
    Answer made = api.call("POST", "/api-keys", admin, EVERYTHING, once);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String key = made.at("/key");
    assertThat(key).matches("dk_[A-Za-z0-9]{8}_[A-Za-z0-9_-]{43}");
    assertThat(made.at("/prefix")).isEqualTo(key.substring(3, 11));

    Answer again = api.call("POST", "/api-keys", admin, EVERYTHING, once);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.at("/id")).isEqualTo(made.at("/id"));
    assertThat(again.body().get("key").isNull()).isTrue();

    String secret = key.substring(12);
    String path = "/api-keys/" + made.at("/id");
    assertThat(api.get(path, admin).text()).doesNotContain(secret);
    assertThat(api.get("/api-keys", admin).text()).doesNotContain(secret).contains("Everything");
    Set<String> pieces =
        IntStream.range(0, 36).mapToObj(i -> secret.substring(i, i + 8)).collect(toSet());
    // Bytes are printed as hexadecimal digits, of which eight in a row stand in some id by chance.
    pieces.add(HexFormat.of().formatHex(Base64.getUrlDecoder().decode(secret), 0, 8));
    List<String> rows = EveryRow.of(api);
    assertThat(pieces).allSatisfy(piece -> assertThat(rows).noneMatch(row -> row.contains(piece)));
    assertThat(
            api.rows("select encode(hash, 'hex') from api_key where id = '" + made.at("/id") + "'"))
        .containsExactly(Sha256.hex(key));
  }

  @Test
  void scenario14RotatedKeyOpensForADayYetAndAnEndedOneLooksLikeAnyOther(ApiStack api) {
    Answer made = api.post("/api-keys", admin, EVERYTHING);
    String path = "/api-keys/" + made.at("/id");
    Answer rotated = api.post(path + "/rotate", admin, null);
    assertThat(rotated.status()).as(rotated.text()).isEqualTo(201);
    assertThat(rotated.at("/key")).isNotEqualTo(made.at("/key"));
    assertThat(with(api, made.at("/key"), "/api-keys").status()).isEqualTo(200);
    assertThat(with(api, rotated.at("/key"), "/api-keys").status()).isEqualTo(200);
    assertThat(
            api.rows(
                "select round(extract(epoch from expires_at - now()) / 3600) from api_key where id"
                    + " = '"
                    + made.at("/id")
                    + "'"))
        .containsExactly("24");
    assertThat(api.post(path + "/rotate", admin, null).at("/code")).isEqualTo("STATE_CONFLICT");

    api.rows("update api_key set expires_at = now() where id = '" + made.at("/id") + "'");
    Answer expired = with(api, made.at("/key"), "/api-keys");
    assertThat(api.call("DELETE", "/api-keys/" + rotated.at("/id"), admin, null).status())
        .isEqualTo(204);
    Answer revoked = with(api, rotated.at("/key"), "/api-keys");
    Answer unknown = with(api, "dk_AAAAAAAA_" + "a".repeat(43), "/api-keys");
    assertThat(expired.status()).isEqualTo(401);
    assertThat(expired.at("/code")).isEqualTo("API_KEY_INVALID");
    assertThat(anonymous(revoked)).isEqualTo(anonymous(expired));
    assertThat(anonymous(unknown)).isEqualTo(anonymous(expired));
    assertThat(api.get("/api-keys/" + rotated.at("/id"), admin).at("/state")).isEqualTo("REVOKED");
  }

  @Test
  void scenario15KeyIsGoodForItsScopesOnly(ApiStack api) {
    String key = key(api, admin, "SERVICE", "onboarding:read", null);
    assertThat(with(api, key, "/connections").status()).isEqualTo(200);
    Answer refused = api.call("POST", "/connections", null, "{}", "X-API-Key", key);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.at("/code")).isEqualTo("SCOPE_MISSING");
    assertThat(refused.at("/details/required_scope")).isEqualTo("onboarding:write");
  }

  @Test
  void aKeyMayBeBoundToAddresses(ApiStack api) {
    String elsewhere = key(api, admin, "SERVICE", "*", "198.51.100.0/24");
    Answer refused = with(api, elsewhere, "/connections");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.at("/code")).isEqualTo("AUTHZ_IP_DENIED");
    assertThat(
            api.rows(
                "select outcome, code from audit_entry where action = 'api_key.denied' and actor ="
                    + " (select id::text from api_key where prefix = '"
                    + elsewhere.substring(3, 11)
                    + "')"))
        .containsExactly("DENIED|AUTHZ_IP_DENIED");
    String here = key(api, admin, "SERVICE", "*", "127.0.0.0/8");
    assertThat(with(api, here, "/connections").status()).isEqualTo(200);
    // What the client itself writes in front of the header is not believed.
    assertThat(
            api.call(
                    "GET",
                    "/connections",
                    null,
                    null,
                    "X-API-Key",
                    elsewhere,
                    "X-Forwarded-For",
                    "198.51.100.7")
                .status())
        .isEqualTo(403);
  }

  @Test
  void aServiceKeyIsTheTenantsAndMadeByAdministratorsOnly(ApiStack api) {
    String key = key(api, admin, "SERVICE", "onboarding:read", null);
    assertThat(api.get("/connections", key).status()).as("as bearer").isEqualTo(200);
    assertThat(
            api.rows(
                "select last_used_ip from api_key where prefix = '" + key.substring(3, 11) + "'"))
        .containsExactly("127.0.0.1");
    String member = api.token(tenant, "VIEWER");
    assertThat(
            api.post(
                    "/api-keys", member, "{\"name\":\"S\",\"kind\":\"SERVICE\",\"scopes\":[\"*\"]}")
                .at("/code"))
        .isEqualTo("PERMISSION_DENIED");
    assertThat(api.get("/api-keys", member).body().path("items")).isEmpty();
  }

  @Test
  void wrongWishesAreNamed(ApiStack api) {
    Answer refused =
        api.post(
            "/api-keys",
            admin,
            "{\"name\":\"\",\"kind\":\"SYNC\",\"scopes\":[\"files:eat\"],"
                + "\"allowed_cidrs\":[\"10.0.0.0/33\"],\"expires_at\":\"2099-01-01T00:00:00Z\"}");
    assertThat(refused.at("/code")).isEqualTo("VALIDATION_FAILED");
    List<String> fields = new ArrayList<>();
    refused.body().at("/details/fields").forEach(f -> fields.add(f.path("field").asString()));
    assertThat(fields).containsExactly("name", "kind", "scopes", "allowed_cidrs", "expires_at");
  }

  @Test
  void changesNameTheVersionTheyHaveSeen(ApiStack api) {
    Answer made = api.post("/api-keys", admin, EVERYTHING);
    String path = "/api-keys/" + made.at("/id");
    String tag = made.headers().getOrDefault("ETag", "");
    Answer changed = api.call("PATCH", path, admin, "{\"name\":\"Other\"}", "If-Match", tag);
    assertThat(changed.at("/name")).as(changed.text()).isEqualTo("Other");
    assertThat(api.call("PATCH", path, admin, "{\"name\":\"X\"}", "If-Match", tag).status())
        .isEqualTo(412);
    String elsewhere = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    assertThat(api.get(path, elsewhere).status()).isEqualTo(404);
    assertThat(api.call("DELETE", path, elsewhere, null).status()).isEqualTo(404);
  }

  @Test
  void whatIsDoneToKeysAndWithThemIsAudited(ApiStack api) {
    Answer made = api.post("/api-keys", admin, EVERYTHING);
    String key = made.at("/key");
    Answer second =
        api.call(
            "POST",
            "/api-keys",
            null,
            EVERYTHING,
            "X-API-Key",
            key,
            "Idempotency-Key",
            UUID.randomUUID().toString());
    assertThat(second.status()).as(second.text()).isEqualTo(201);
    api.post("/api-keys/" + second.at("/id") + "/rotate", admin, "{\"overlap_hours\":0}");
    api.call("DELETE", "/api-keys/" + made.at("/id"), admin, null);
    assertThat(
            api.rows(
                "select action, key_id, (user_id is null)::text, after->>'state' from audit_entry where"
                    + " resource_type = 'api_key' and resource_id in ('"
                    + made.at("/id")
                    + "', '"
                    + second.at("/id")
                    + "') order by at"))
        .containsExactly(
            "api_key.created|null|false|ACTIVE",
            "api_key.created|" + made.at("/id") + "|true|ACTIVE",
            "api_key.rotated|null|false|EXPIRED",
            "api_key.revoked|null|false|REVOKED");
  }

  private static String key(
      ApiStack api, String token, String kind, String scope, @Nullable String range) {
    String ranges = range == null ? "" : ",\"allowed_cidrs\":[\"" + range + "\"]";
    Answer made =
        api.post(
            "/api-keys",
            token,
            "{\"name\":\"K\",\"kind\":\"%s\",\"scopes\":[\"%s\"]%s}"
                .formatted(kind, scope, ranges));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.at("/key");
  }

  private static Answer with(ApiStack api, String key, String path) {
    return api.call("GET", path, null, null, "X-API-Key", key);
  }

  private static String anonymous(Answer answer) {
    var body = (ObjectNode) answer.body().deepCopy();
    body.remove("trace_id");
    body.remove("request_id");
    return answer.status() + body.toString();
  }
}
