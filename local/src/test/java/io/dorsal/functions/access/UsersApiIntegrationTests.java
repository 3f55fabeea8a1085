package io.dorsal.functions.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.local.stack.People;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an administrator does with the people of the tenant. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class UsersApiIntegrationTests {

  private static final String ADMIN_ROLE = "{\"roles\":[\"TENANT_ADMIN\"]}";
  private static final String NO_ROLE = "{\"roles\":[]}";

  private final String tenant = ApiStack.tenant();
  private String admin;
  private String adminId;

  @BeforeEach
  void tenant(ApiStack api) {
    admin = api.token(tenant, "TENANT_ADMIN");
    adminId = api.get("/me", admin).at("/id");
  }

  private String token(ApiStack api, String name) {
    return api.stack().tokens().mint(TokenRequest.user(tenant, name + "@" + tenant));
  }

  private String user(ApiStack api, String name) {
    return api.get("/me", token(api, name)).at("/id");
  }

  private static Answer changed(
      ApiStack api, String method, String path, String token, String body, String tag) {
    return api.call(method, path, token, body, "If-Match", tag);
  }

  private Answer roles(ApiStack api, String token, String id, String body) {
    String tag = api.get("/admin/users/" + id, admin).tag();
    return changed(api, "PUT", "/admin/users/" + id + "/roles", token, body, tag);
  }

  private static void assertRefused(Answer answer, int status, String code) {
    assertThat(answer.at("/code")).as(answer.text()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void peopleAreFoundByStatusRoleAndNamePageByPage(ApiStack api) {
    api.token(tenant, "AUDITOR");
    user(api, "anna");
    user(api, "berta");
    Answer all = api.get("/admin/users", admin);
    assertThat(all.body().path("items")).hasSize(4);
    assertThat(all.at("/items/0/display_name")).startsWith("berta");
    Answer first = api.get("/admin/users?limit=3", admin);
    assertThat(first.body().path("items")).hasSize(3);
    Answer second = api.get("/admin/users?limit=3&cursor=" + first.at("/next_cursor"), admin);
    assertThat(second.body().path("items")).hasSize(1);
    assertThat(second.body().path("next_cursor").isNull()).isTrue();
    assertThat(api.get("/admin/users?role=AUDITOR", admin).body().path("items")).hasSize(1);
    assertThat(api.get("/admin/users?role=MEMBER&q=ANNA", admin).body().path("items")).hasSize(1);
    assertThat(api.get("/admin/users?status=PENDING", admin).body().path("items")).isEmpty();
    assertRefused(api.get("/admin/users?state=X", admin), 400, "VALIDATION_FAILED");
    assertRefused(api.get("/admin/users", token(api, "anna")), 403, "PERMISSION_DENIED");
    assertRefused(api.get("/admin/users", api.token(tenant, "AUDITOR")), 403, "PERMISSION_DENIED");
    String elsewhere = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    assertRefused(api.get("/admin/users/" + adminId, elsewhere), 404, "NOT_FOUND");
  }

  @Test
  void peopleAreInvitedOnceByAnAddress(ApiStack api) {
    Answer made =
        api.post("/admin/users", admin, "{\"email\":\"Cora@x.example\",\"display_name\":\"Cora\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.headers().get("location")).isEqualTo("/api/v1/admin/users/" + made.at("/id"));
    assertRefused(
        api.post("/admin/users", admin, "{\"email\":\"cora@X.example\"}"), 409, "NAME_TAKEN");
    assertRefused(
        api.post("/admin/users", admin, "{\"email\":\"cora\"}"), 400, "VALIDATION_FAILED");
    assertRefused(api.post("/admin/users", admin, "{}"), 400, "VALIDATION_FAILED");
  }

  @Test
  void changesNameTheVersionTheyHaveSeen(ApiStack api) {
    String id = user(api, "dana");
    String path = "/admin/users/" + id;
    String body = "{\"display_name\":\"Dana\"}";
    assertRefused(api.call("PATCH", path, admin, body), 428, "PRECONDITION_REQUIRED");
    String tag = api.get(path, admin).tag();
    assertThat(changed(api, "PATCH", path, admin, body, tag).at("/display_name")).isEqualTo("Dana");
    assertRefused(changed(api, "PATCH", path, admin, body, tag), 412, "STALE_VERSION");
    String now = api.get(path, admin).tag();
    assertRefused(
        changed(api, "PATCH", path, admin, "{\"email\":\"d@x.example\"}", now),
        409,
        "STATE_CONFLICT");
  }

  @Test
  void deactivatedPeopleAreOutAtOnceAndMayBeDeleted(ApiStack api) {
    String token = token(api, "emil");
    String id = user(api, "emil");
    String path = "/admin/users/" + id;
    String tag = api.get(path, admin).tag();
    assertRefused(api.call("DELETE", path, admin, null, "If-Match", tag), 409, "STATE_CONFLICT");
    Answer out = api.post(path + "/deactivate", admin, "{\"reason\":\"left\"}");
    assertThat(out.at("/status")).as(out.text()).isEqualTo("SUSPENDED");
    assertThat(out.at("/deactivated_via")).isEqualTo("ADMIN");
    assertThat(out.at("/deactivated_reason")).isEqualTo("left");
    Answer refused = api.get("/me", token);
    assertRefused(refused, 403, "AUTHZ_USER_SUSPENDED");
    assertThat(refused.at("/details/deactivated_via")).isEqualTo("ADMIN");
    assertThat(refused.at("/details/deactivated_at")).isNotEmpty();

    String now = api.get(path, admin).tag();
    assertThat(api.call("DELETE", path, admin, null, "If-Match", now).status()).isEqualTo(204);
    assertThat(api.get(path, admin).at("/status")).isEqualTo("DELETED");
    assertRefused(api.get("/me", token), 403, "AUTHZ_USER_SUSPENDED");
    assertThat(
            api.rows(
                "select action from audit_entry where resource_id = '%s' and action like 'user.d%%'"
                    .formatted(id)))
        .containsExactlyInAnyOrder("user.deactivated", "user.deleted");
    assertRefused(
        api.post("/admin/users/" + adminId + "/activate", admin, "{}"), 409, "STATE_CONFLICT");
  }

  @Test
  void nobodyGrantsMoreThanTheyHold(ApiStack api) {
    String member = token(api, "fred");
    String id = user(api, "fred");
    assertRefused(roles(api, member, id, ADMIN_ROLE), 403, "PERMISSION_DENIED");
    Answer operator = roles(api, admin, id, "{\"roles\":[\"OPERATOR\"]}");
    assertRefused(operator, 403, "PERMISSION_DENIED");
    assertThat(operator.at("/details/required_role")).isEqualTo("OPERATOR");
    assertRefused(roles(api, admin, id, "{\"roles\":[\"VIEWER\"]}"), 400, "VALIDATION_FAILED");
    Answer granted = roles(api, admin, id, "{\"roles\":[\"AUDITOR\"]}");
    assertThat(granted.at("/role")).as(granted.text()).isEqualTo("AUDITOR");
    assertThat(api.get("/me", member).at("/role")).isEqualTo("AUDITOR");
  }

  // 40-12
  @Test
  void tenantKeepsAnAdministrator(ApiStack api) {
    assertRefused(roles(api, admin, adminId, NO_ROLE), 409, "LAST_ADMINISTRATOR");
    assertRefused(
        api.post("/admin/users/" + adminId + "/deactivate", admin, "{}"),
        409,
        "LAST_ADMINISTRATOR");
    assertThat(api.get("/me", admin).at("/role")).isEqualTo("TENANT_ADMIN");
    // One who never came is no administrator yet.
    Answer invited = api.post("/admin/users", admin, "{\"email\":\"next@x.example\"}");
    assertThat(roles(api, admin, invited.at("/id"), ADMIN_ROLE).status()).isEqualTo(200);
    assertRefused(roles(api, admin, adminId, NO_ROLE), 409, "LAST_ADMINISTRATOR");
    roles(api, admin, user(api, "gerd"), ADMIN_ROLE);
    assertThat(roles(api, admin, adminId, NO_ROLE).status()).isEqualTo(200);
    assertRefused(api.get("/admin/users", admin), 403, "PERMISSION_DENIED");
  }

  // 40-12
  @Test
  void oneOfTwoThatDemoteEachOtherAtOnceStays(ApiStack api) throws Exception {
    String other = token(api, "hans");
    String otherId = user(api, "hans");
    roles(api, admin, otherId, ADMIN_ROLE);
    assertThat(api.get("/admin/users", other).status()).isEqualTo(200);
    String tag = api.get("/admin/users/" + adminId, admin).tag();
    String otherTag = api.get("/admin/users/" + otherId, admin).tag();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var one =
          threads.submit(
              () ->
                  changed(
                      api, "PUT", "/admin/users/" + otherId + "/roles", admin, NO_ROLE, otherTag));
      var two =
          threads.submit(
              () -> changed(api, "PUT", "/admin/users/" + adminId + "/roles", other, NO_ROLE, tag));
      assertThat(List.of(one.get().status(), two.get().status())).containsOnlyOnce(200);
    }
    assertThat(
            api.rows(
                "select count(*) from tenant_grant where tenant_id = '%s'"
                    .formatted(TokenRequest.tenantId(tenant))))
        .containsExactly("1");
  }

  /** 40, section 3: nobody grants more than they hold; 40-38: the way in is audited and told. */
  @Test
  void aGroupIsGivenARoleInAPopulationByWhoHoldsItThere(ApiStack api) {
    String path = "/admin/role-mappings";
    String there = api.token(tenant, "ADMINISTRATOR");
    String population = People.population(TokenRequest.tenantId(tenant)).toString();
    String body =
        "{\"role_mappings\":[{\"group\":\"mine\",\"role\":\"VIEWER\",\"population_id\":\"%s\"}]}"
            .formatted(population);
    Answer refused = changed(api, "PUT", path, admin, body, api.get(path, admin).tag());
    assertRefused(refused, 403, "PERMISSION_DENIED");
    assertThat(refused.at("/details/required_role")).isEqualTo("VIEWER");
    assertThat(api.get(path, admin).body().path("role_mappings")).isEmpty();

    addMyself(api);
    assertThat(api.get("/notices", there).at("/items/0/kind"))
        .isEqualTo("POPULATION_ADMINISTRATOR_ADDED");
    Answer saved = changed(api, "PUT", path, admin, body, api.get(path, admin).tag());
    assertThat(saved.status()).as(saved.text()).isEqualTo(200);
    // What stands in the list is not given anew, and anybody who may change it takes it away.
    api.post("/populations/" + population + "/leave", admin, null);
    String more = body.replace("]}", ",{\"group\":\"a\",\"role\":\"AUDITOR\"}]}");
    Answer kept = changed(api, "PUT", path, admin, more, saved.tag());
    assertThat(kept.status()).as(kept.text()).isEqualTo(200);
    Answer none = changed(api, "PUT", path, admin, "{\"role_mappings\":[]}", kept.tag());
    assertThat(none.status()).as(none.text()).isEqualTo(200);
  }

  private void addMyself(ApiStack api) {
    UUID population = People.population(TokenRequest.tenantId(tenant));
    Answer added = api.post("/populations/" + population + "/add-myself", admin, null);
    assertThat(added.status()).as(added.text()).isEqualTo(200);
  }

  @Test
  void mappingsAreReplacedWhole(ApiStack api) {
    String path = "/admin/role-mappings";
    // The population is there with its people.
    api.token(tenant, "VIEWER");
    String tag = api.get(path, admin).tag();
    String body =
        "{\"role_mappings\":[{\"group\":\"g\",\"role\":\"VIEWER\",\"population_id\":\"%s\"}]}"
            .formatted(People.population(TokenRequest.tenantId(tenant)));
    assertRefused(api.call("PUT", path, admin, body), 428, "PRECONDITION_REQUIRED");
    addMyself(api);
    Answer saved = changed(api, "PUT", path, admin, body, tag);
    assertThat(saved.at("/role_mappings/0/role")).as(saved.text()).isEqualTo("VIEWER");
    String unknown =
        body.replaceFirst("population_id\":\"[^\"]+", "population_id\":\"" + UUID.randomUUID());
    Answer nowhere = changed(api, "PUT", path, admin, unknown, saved.tag());
    assertRefused(nowhere, 400, "VALIDATION_FAILED");
    assertThat(nowhere.at("/details/fields/0/code")).isEqualTo("POPULATION_UNKNOWN");
    assertThat(nowhere.at("/details/fields/0/pointer")).isEqualTo("/role_mappings/0/population_id");
    assertRefused(changed(api, "PUT", path, admin, body, tag), 412, "STALE_VERSION");
    assertRefused(
        changed(
            api,
            "PUT",
            path,
            admin,
            "{\"role_mappings\":[{\"group\":\"g\",\"role\":\"OPERATOR\"}]}",
            saved.tag()),
        400,
        "VALIDATION_FAILED");
  }
}
