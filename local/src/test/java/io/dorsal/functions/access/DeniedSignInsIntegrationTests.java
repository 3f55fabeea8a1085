package io.dorsal.functions.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.local.oidc.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 40 §10 and §12: what a tenant's administrators find of those who were not let in. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class DeniedSignInsIntegrationTests {

  private final String tenant = ApiStack.tenant();
  private final UUID tenantId = TokenRequest.tenantId(tenant);
  private String admin;

  @BeforeEach
  void tenant(ApiStack api) {
    admin = api.token(tenant, "TENANT_ADMIN");
  }

  private TokenRequest person(String name) {
    return TokenRequest.user(tenant, name + "-" + tenant);
  }

  /** Calls with an id of its own, which is returned. */
  private static String refused(ApiStack api, String credential, int status, String code) {
    String id = "kept-out-" + UUID.randomUUID();
    Answer answer = api.call("GET", "/me", credential, null, "X-Request-Id", id);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.at("/code")).isEqualTo(code);
    return id;
  }

  private Answer found(ApiStack api, String requestId) {
    return api.await(
        "the request " + requestId,
        () -> {
          Answer now = api.get("/admin/requests/" + requestId, admin);
          return now.status() == 200 ? now : null;
        });
  }

  private List<String> denied(ApiStack api, String action) {
    return api.rows(
        """
        select category, outcome, actor, code, after ->> 'reason', severity from audit_entry
        where tenant_id = '%s' and action = '%s' order by at
        """
            .formatted(tenantId, action));
  }

  // 40-23, for one who is not let in
  @Test
  void suspendedUsersAttemptsAreFoundByTheirTenant(ApiStack api) {
    String token = api.stack().tokens().mint(person("ann").with("act", Map.of("sub", "a-service")));
    String id = api.get("/me", token).at("/id");
    api.post("/admin/users/" + id + "/deactivate", admin, "{\"reason\":\"left\"}");

    String first = refused(api, token, 403, "AUTHZ_USER_SUSPENDED");
    String second = refused(api, token, 403, "AUTHZ_USER_SUSPENDED");
    for (String request : List.of(first, second)) {
      Answer kept = found(api, request);
      assertThat(kept.at("/status")).isEqualTo("403");
      assertThat(kept.at("/code")).isEqualTo("AUTHZ_USER_SUSPENDED");
      assertThat(kept.at("/tenant_id")).isEqualTo(tenantId.toString());
      assertThat(kept.at("/user_id")).isEqualTo(id);
    }
    assertThat(denied(api, "sign_in.denied"))
        .as("one in a minute")
        .containsExactly(
            "AUTHENTICATION|DENIED|%s|AUTHZ_USER_SUSPENDED|AUTHZ_USER_SUSPENDED|WARNING"
                .formatted(id));
    Answer audit = api.get("/admin/audit?action=sign_in.denied", admin);
    assertThat(audit.at("/items/0/request_id")).isEqualTo(first);
    assertThat(audit.at("/items/0/ip")).isEqualTo("127.0.0.1");
    assertThat(audit.at("/items/0/actor/user_id")).isEqualTo(id);
    assertThat(audit.at("/items/0/service_account")).isEqualTo("a-service");
  }

  @Test
  void eachReasonAtTheDoorIsKept(ApiStack api) {
    TokenRequest bob = person("bob");
    settings(api, "{\"jit_provisioning\": false}");
    refused(api, api.stack().tokens().mint(bob), 403, "AUTHZ_USER_UNKNOWN");
    settings(api, "{\"require_mfa\": true}");
    refused(api, api.stack().tokens().mint(bob), 403, "AUTHZ_MFA_REQUIRED");
    settings(api, "{}");
    status(api, "SUSPENDED");
    refused(api, api.stack().tokens().mint(bob), 403, "AUTHZ_TENANT_SUSPENDED");
    status(api, "ACTIVE");
    assertThat(denied(api, "sign_in.denied"))
        .extracting(row -> row.split("\\|", -1)[2] + " " + row.split("\\|", -1)[3])
        .containsExactly(
            bob.subject() + " AUTHZ_USER_UNKNOWN",
            bob.subject() + " AUTHZ_MFA_REQUIRED",
            bob.subject() + " AUTHZ_TENANT_SUSPENDED");
  }

  @Test
  void tokenThatItsSignatureProvesIsTheTenantsThoughItIsNoGood(ApiStack api) {
    TokenRequest cat = person("cat");
    String id = api.get("/me", api.stack().tokens().mint(cat)).at("/id");
    String expired = api.stack().tokens().mint(cat.withLife(Duration.ofMinutes(-5)));
    String foreign = api.stack().tokens().mint(cat.withAudience("another-api"));
    refused(api, expired, 401, "AUTH_TOKEN_INVALID");
    assertThat(found(api, refused(api, expired, 401, "AUTH_TOKEN_INVALID")).at("/user_id"))
        .isEqualTo(id);
    found(api, refused(api, foreign, 401, "AUTH_TOKEN_INVALID"));
    assertThat(denied(api, "sign_in.denied"))
        .containsExactly(
            "AUTHENTICATION|DENIED|" + id + "|AUTH_TOKEN_INVALID|EXPIRED|WARNING",
            "AUTHENTICATION|DENIED|" + id + "|AUTH_TOKEN_INVALID|AUDIENCE_MISMATCH|WARNING");
  }

  /** What anybody may write without a login must not be kept for years, nor in a tenant's name. */
  @Test
  void tokenThatNothingProvesIsNobodys(ApiStack api) {
    String forged = Tokens.untrusted(api.stack().issuer()).mint(person("eve"));
    String id = refused(api, forged, 401, "AUTH_TOKEN_INVALID");
    String operator = api.token("operators", "OPERATOR");
    Answer kept =
        api.await(
            "the request",
            () -> {
              Answer now = api.get("/admin/requests/" + id, operator);
              return now.status() == 200 ? now : null;
            });
    assertThat(kept.at("/tenant_id")).isEmpty();
    assertThat(api.get("/admin/requests/" + id, admin).status()).isEqualTo(404);
    assertThat(denied(api, "sign_in.denied")).isEmpty();
  }

  @Test
  void keyThatHasEndedIsItsTenants(ApiStack api) {
    String body = "{\"name\":\"K\",\"kind\":\"SERVICE\",\"scopes\":[\"*\"]}";
    Answer revoked = api.post("/api-keys", admin, body);
    Answer expired = api.post("/api-keys", admin, body);
    api.call("DELETE", "/api-keys/" + revoked.at("/id"), admin, null);
    api.rows("update api_key set expires_at = now() where id = '%s'".formatted(expired.at("/id")));
    for (Answer key : List.of(revoked, expired)) {
      refused(api, key.at("/key"), 401, "API_KEY_INVALID");
      found(api, refused(api, key.at("/key"), 401, "API_KEY_INVALID"));
    }
    // The prefix alone is no secret and proves nothing.
    refused(api, revoked.at("/key").substring(0, 12) + "a".repeat(43), 401, "API_KEY_INVALID");
    String line = "AUTHENTICATION|DENIED|%s|API_KEY_INVALID|%s|WARNING";
    api.await(
        "both are in the audit log", () -> denied(api, "api_key.denied").size() >= 2 ? true : null);
    assertThat(denied(api, "api_key.denied"))
        .containsExactlyInAnyOrder(
            line.formatted(revoked.at("/id"), "REVOKED"),
            line.formatted(expired.at("/id"), "EXPIRED"));
  }

  private void settings(ApiStack api, String json) {
    api.rows("update tenant set settings = '%s' where id = '%s'".formatted(json, tenantId));
  }

  private void status(ApiStack api, String status) {
    api.rows("update tenant set status = '%s' where id = '%s'".formatted(status, tenantId));
  }
}
