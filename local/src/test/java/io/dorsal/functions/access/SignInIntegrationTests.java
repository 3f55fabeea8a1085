package io.dorsal.functions.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.oidc.TokenRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who comes in, and as what: the token names a person, the database says the rest. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class SignInIntegrationTests {

  private final String tenant = ApiStack.tenant();
  private final UUID tenantId = TokenRequest.tenantId(tenant);
  private String admin;

  @BeforeEach
  void tenant(ApiStack api) {
    admin = api.token(tenant, "TENANT_ADMIN");
  }

  private TokenRequest person(String name) {
    return TokenRequest.user(tenant, name + "@" + tenant);
  }

  private void settings(ApiStack api, String json) {
    api.rows("update tenant set settings = '%s' where id = '%s'".formatted(json, tenantId));
  }

  private static void assertRefused(Answer answer, int status, String code) {
    assertThat(answer.at("/code")).as(answer.text()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
  }

  // 40-10
  @Test
  void fiftyFirstCallsAtOnceMakeOneUser(ApiStack api) throws Exception {
    String token = api.stack().tokens().mint(person("ann"));
    List<Future<Answer>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        Callable<Answer> call = () -> api.get("/me", token);
        answers.add(threads.submit(call));
      }
    }
    for (Future<Answer> answer : answers) {
      assertThat(answer.get().status()).as(answer.get().text()).isEqualTo(200);
      assertThat(answer.get().at("/id")).isEqualTo(answers.getFirst().get().at("/id"));
    }
    Answer me = answers.getFirst().get();
    assertThat(me.at("/status")).isEqualTo("ACTIVE");
    assertThat(me.at("/role")).isEqualTo("MEMBER");
    assertThat(me.body().path("populations")).isEmpty();
    assertThat(
            api.rows(
                "select count(*) from users where tenant_id = '%s' and subject like 'ann@%%'"
                    .formatted(tenantId)))
        .containsExactly("1");
    assertThat(
            api.rows(
                "select count(*) from audit_entry where action = 'user.created' and tenant_id = '%s'"
                    .formatted(tenantId)))
        .containsExactly("1");
  }

  // 40-10
  @Test
  void unknownPeopleStayOutWhereTheTenantSaysSo(ApiStack api) {
    settings(api, "{\"jit_provisioning\": false}");
    String token = api.stack().tokens().mint(person("bob"));
    assertRefused(api.get("/me", token), 403, "AUTHZ_USER_UNKNOWN");

    settings(api, "{\"allowed_email_domains\": [\"whales.example\"]}");
    assertRefused(api.get("/me", token), 403, "AUTHZ_USER_UNKNOWN");
    String colleague = api.stack().tokens().mint(person("cat").with("email", "cat@Whales.example"));
    assertThat(api.get("/me", colleague).status()).isEqualTo(200);
    assertThat(api.rows("select count(*) from users where subject = 'bob@%s'".formatted(tenant)))
        .containsExactly("0");
  }

  // 40-10
  @Test
  void onlyVouchedForAddressTakesOverAnInvitation(ApiStack api) {
    String address = "dora@" + tenant + ".example";
    Answer invited = api.post("/admin/users", admin, "{\"email\":\"%s\"}".formatted(address));
    assertThat(invited.status()).as(invited.text()).isEqualTo(201);
    assertThat(invited.at("/status")).isEqualTo("PENDING");
    // Invitations are for people who get no account by themselves, too.
    Answer stranger =
        api.get(
            "/me",
            api.stack()
                .tokens()
                .mint(person("mallory").with("email", address).with("email_verified", false)));
    assertThat(stranger.status()).isEqualTo(200);
    assertThat(stranger.at("/id")).isNotEqualTo(invited.at("/id"));

    settings(api, "{\"jit_provisioning\": false}");
    Answer dora = api.get("/me", api.stack().tokens().mint(person("dora").with("email", address)));
    assertThat(dora.at("/id")).as(dora.text()).isEqualTo(invited.at("/id"));
    assertThat(dora.at("/status")).isEqualTo("ACTIVE");
  }

  // 40-7
  @Test
  void whoIsSwitchedOffByHandIsLetInByAnAdministrator(ApiStack api) {
    String token = api.stack().tokens().mint(person("eve"));
    String id = api.get("/me", token).at("/id");
    api.rows("update users set is_active = false where id = '%s'".formatted(id));
    long begin = System.nanoTime();
    Answer refused =
        api.await(
            "the user is out",
            () -> {
              Answer now = api.get("/me", token);
              return now.status() == 403 ? now : null;
            });
    assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
    assertRefused(refused, 403, "AUTHZ_USER_SUSPENDED");
    assertThat(refused.at("/details/status")).isEqualTo("ACTIVE");
    assertThat(refused.at("/details/is_active")).isEqualTo("false");
    assertThat(refused.at("/details/deactivated_via")).isEqualTo("UNKNOWN");

    Answer activated = api.post("/admin/users/" + id + "/activate", admin, "{}");
    assertThat(activated.status()).as(activated.text()).isEqualTo(200);
    assertThat(activated.at("/is_active")).isEqualTo("true");
    assertThat(activated.body().path("warnings")).isEmpty();
    assertThat(api.get("/me", token).status()).isEqualTo(200);
    assertThat(api.post("/admin/users/" + id + "/activate", admin, "{}").status()).isEqualTo(200);
  }

  @Test
  void tenantIsAskedFor(ApiStack api) {
    String nowhere = api.stack().tokens().mint(TokenRequest.of(ApiStack.tenant(), "MEMBER"));
    Answer unknown = api.get("/me", nowhere);
    assertRefused(unknown, 401, "AUTH_TOKEN_INVALID");
    assertThat(unknown.at("/details/reason")).isEqualTo("TENANT_UNKNOWN");

    String suspended = ApiStack.tenant();
    String token = api.token(suspended, "TENANT_ADMIN");
    String operator = api.token(suspended, "OPERATOR");
    api.rows(
        "update tenant set status = 'SUSPENDED' where id = '%s'"
            .formatted(TokenRequest.tenantId(suspended)));
    assertRefused(api.get("/me", token), 403, "AUTHZ_TENANT_SUSPENDED");
    Answer me = api.get("/me", operator);
    assertThat(me.at("/operator")).as(me.text()).isEqualTo("true");
    assertThat(me.at("/id")).isEmpty();
  }

  @Test
  void secondFactorIsAskedForWhereTheTenantSaysSo(ApiStack api) {
    settings(api, "{\"require_mfa\": true}");
    TokenRequest frank = person("frank");
    assertRefused(
        api.get("/me", api.stack().tokens().mint(frank.with("amr", List.of("pwd")))),
        403,
        "AUTHZ_MFA_REQUIRED");
    assertThat(api.rows("select 1 from users where subject = '%s'".formatted(frank.subject())))
        .isEmpty();
    String both = api.stack().tokens().mint(frank.with("amr", List.of("pwd", "mfa")));
    assertThat(api.get("/me", both).status()).isEqualTo(200);
    assertRefused(api.get("/me", api.stack().tokens().mint(frank)), 403, "AUTHZ_MFA_REQUIRED");
  }

  @Test
  void tokensNarrowAndNeverGrant(ApiStack api) {
    TokenRequest gus = person("gus");
    Answer claimed =
        api.get("/me", api.stack().tokens().mint(gus.with("roles", List.of("TENANT_ADMIN"))));
    assertThat(claimed.at("/role")).isEqualTo("MEMBER");
    assertThat(claimed.body().path("scopes")).hasSize(11);
    assertThat(scopes(api, gus.with("client_id", "somebody-elses"))).isEmpty();
    assertThat(scopes(api, gus.with("client_id", "x").with("scope", "openid files:read")))
        .containsExactly("files:read");
    assertThat(scopes(api, gus.with("scope", "openid profile"))).hasSize(11);
    assertThat(scopes(api, gus.with("scope", "admin:read"))).containsExactly("admin:read");
    assertThat(scopes(api, gus.with("client_id", "x").with("scope", "*"))).hasSize(11);
  }

  private static List<String> scopes(ApiStack api, TokenRequest who) {
    return api.get("/me", api.stack().tokens().mint(who))
        .body()
        .path("scopes")
        .valueStream()
        .map(scope -> scope.asString())
        .toList();
  }

  /** 40, section 1.2: the user's own rights apply, and the journal names who used them. */
  @Test
  void whoActsForAUserStandsBesideThemInTheAuditLog(ApiStack api) {
    String delegated =
        api.stack()
            .tokens()
            .mint(
                TokenRequest.of(tenant, "TENANT_ADMIN").with("act", Map.of("sub", "sync-service")));
    String me = api.get("/me", admin).at("/id");
    Answer invited = api.post("/admin/users", delegated, "{\"email\":\"new@x.example\"}");
    assertThat(invited.status()).as(invited.text()).isEqualTo(201);
    assertRefused(api.get("/operator/tenants", delegated), 403, "PERMISSION_DENIED");
    api.post("/admin/users", admin, "{\"email\":\"other@x.example\"}");

    assertThat(
            api.rows(
                """
                select service_account, outcome from audit_entry
                where tenant_id = '%s' and user_id = '%s'
                  and action in ('user.invited', 'access.denied') order by at, event_id
                """
                    .formatted(tenantId, me)))
        .containsExactly("sync-service|DONE", "sync-service|DENIED", "null|DONE");
    Answer entry = api.get("/admin/audit?resource_id=" + invited.at("/id"), admin);
    assertThat(entry.at("/items/0/service_account")).as(entry.text()).isEqualTo("sync-service");
  }

  // 40-15, the part of roles
  @Test
  void rolesComeByGroupsAndGoWithThemWithinFiveSeconds(ApiStack api) throws Exception {
    Answer before = api.get("/admin/role-mappings", admin);
    Answer mapped =
        api.call(
            "PUT",
            "/admin/role-mappings",
            admin,
            "{\"role_mappings\":[{\"group\":\"auditors\",\"role\":\"AUDITOR\"}]}",
            "If-Match",
            before.tag());
    assertThat(mapped.status()).as(mapped.text()).isEqualTo(200);
    TokenRequest hal = person("hal");
    String in = api.stack().tokens().mint(hal.with("groups", List.of("auditors", "others")));
    assertThat(api.get("/me", in).at("/role")).isEqualTo("AUDITOR");
    // A token that does not speak of groups changes nothing.
    assertThat(api.get("/me", api.stack().tokens().mint(hal)).at("/role")).isEqualTo("AUDITOR");

    Thread.sleep(1_100);
    String out = api.stack().tokens().mint(hal.with("groups", List.of("others")));
    awaitRole(api, out, "MEMBER");
    // The older token does not bring the role back.
    Thread.sleep(3_500);
    assertThat(api.get("/me", in).at("/role")).isEqualTo("MEMBER");
  }

  private static void awaitRole(ApiStack api, String token, String role) {
    long begin = System.nanoTime();
    api.await(
        "the role is " + role, () -> api.get("/me", token).at("/role").equals(role) ? role : null);
    assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
  }

  @Test
  void nameAndAddressFollowTheToken(ApiStack api) throws Exception {
    TokenRequest ida = person("ida");
    String id = api.get("/me", api.stack().tokens().mint(ida)).at("/id");
    Thread.sleep(1_100);
    String married =
        api.stack().tokens().mint(ida.with("name", "Ida B.").with("email", "ida.b@x.example"));
    api.await(
        "the name follows",
        () -> api.get("/me", married).at("/display_name").equals("Ida B.") ? id : null);
    assertThat(api.get("/admin/users/" + id, admin).at("/email")).isEqualTo("ida.b@x.example");
  }
}
