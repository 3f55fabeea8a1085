package io.dorsal.functions.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.oidc.TokenRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user's key opens what the user may do now. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class UserKeysIntegrationTests {

  private final String tenant = ApiStack.tenant();
  private String admin;
  private String id;
  private String key;

  @BeforeEach
  void anAdministratorWithAKey(ApiStack api) {
    admin = api.token(tenant, "TENANT_ADMIN");
    String token = api.stack().tokens().mint(TokenRequest.user(tenant, "anna@" + tenant));
    id = api.get("/me", token).at("/id");
    assertThat(roles(api, "[\"TENANT_ADMIN\"]").status()).isEqualTo(200);
    String body = "{\"name\":\"Mine\",\"kind\":\"USER\",\"scopes\":[\"admin:read\"]}";
    Answer made = api.await("the role is hers", () -> madeBy(api, token, body));
    key = made.at("/key");
    assertThat(api.get("/admin/users", key).status()).isEqualTo(200);
  }

  private static @Nullable Answer madeBy(ApiStack api, String token, String body) {
    Answer made = api.post("/api-keys", token, body);
    return made.status() == 201 ? made : null;
  }

  private Answer roles(ApiStack api, String roles) {
    String path = "/admin/users/" + id;
    String tag = api.get(path, admin).tag();
    String body = "{\"roles\":" + roles + "}";
    return api.call("PUT", path + "/roles", admin, body, "If-Match", tag);
  }

  private Answer refusedSoon(ApiStack api) {
    long begin = System.nanoTime();
    Answer refused =
        api.await(
            "the key opens nothing",
            () -> {
              Answer now = api.get("/admin/users", key);
              return now.status() == 403 ? now : null;
            });
    assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
    return refused;
  }

  @Test
  void scenario15KeyLosesTheRoleThatItsOwnerLosesAndWritesNothingItHasNoScopeFor(ApiStack api) {
    Answer narrow = api.post("/admin/users", key, "{\"email\":\"x@x.example\"}");
    assertThat(narrow.at("/code")).isEqualTo("SCOPE_MISSING");
    assertThat(narrow.at("/details/required_scope")).isEqualTo("admin:write");
    assertThat(roles(api, "[]").status()).isEqualTo(200);
    assertThat(refusedSoon(api).at("/code")).isEqualTo("PERMISSION_DENIED");
  }

  @Test
  void scenario6KeyOfADeactivatedUserFailsAsTheirTokensDo(ApiStack api) {
    api.post("/admin/users/" + id + "/deactivate", admin, "{}");
    assertThat(refusedSoon(api).at("/code")).isEqualTo("AUTHZ_USER_SUSPENDED");
  }

  @Test
  void scenario37KeysOfASuspendedTenantFail(ApiStack api) {
    String service =
        api.post("/api-keys", admin, "{\"name\":\"S\",\"kind\":\"SERVICE\",\"scopes\":[\"*\"]}")
            .at("/key");
    String operator = api.token("operators", "OPERATOR");
    String path = "/operator/tenants/" + TokenRequest.tenantId(tenant);
    assertThat(api.get("/admin/users", service).status()).isEqualTo(200);
    assertThat(api.post(path + "/suspend", operator, "{}").status()).isEqualTo(200);
    assertThat(refusedSoon(api).at("/code")).isEqualTo("AUTHZ_TENANT_SUSPENDED");
    assertThat(api.get("/admin/users", service).at("/code")).isEqualTo("AUTHZ_TENANT_SUSPENDED");
    assertThat(api.post(path + "/resume", operator, "{}").status()).isEqualTo(200);
    assertThat(api.get("/admin/users", service).status()).isEqualTo(200);
  }
}
