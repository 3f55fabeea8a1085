package io.dorsal.functions.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.local.stack.People;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 40, section 2.2: an invitation and who came without it are made one by an administrator. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class UserMergeIntegrationTests {

  private final String tenant = ApiStack.tenant();
  private String admin;
  private Answer invited;
  private Answer stranger;
  private String token;

  @BeforeEach
  void oneInvitedAndOneWhoCame(ApiStack api) {
    admin = api.token(tenant, "TENANT_ADMIN");
    String address = "dora@" + tenant + ".example";
    invited = api.post("/admin/users", admin, "{\"email\":\"%s\"}".formatted(address));
    token =
        api.stack()
            .tokens()
            .mint(
                TokenRequest.user(tenant, "dora@" + tenant)
                    .with("email", address)
                    .with("email_verified", false));
    stranger = api.get("/me", token);
    assertThat(stranger.status()).as(stranger.text()).isEqualTo(200);
    assertThat(stranger.at("/id")).isNotEqualTo(invited.at("/id"));
  }

  private Answer merge(ApiStack api, String who, String into, String from, String tag) {
    return api.call(
        "POST",
        "/admin/users/" + into + "/merge",
        who,
        "{\"user_id\":\"%s\"}".formatted(from),
        "If-Match",
        tag);
  }

  private String tag(ApiStack api, String user) {
    return api.get("/admin/users/" + user, admin).tag();
  }

  @Test
  void userTakesOverWhatTheInvitationWasGiven(ApiStack api) {
    String id = stranger.at("/id");
    String from = invited.at("/id");
    Answer granted =
        api.call(
            "PUT",
            "/admin/users/" + from + "/roles",
            admin,
            "{\"roles\":[\"AUDITOR\"]}",
            "If-Match",
            invited.tag());
    assertThat(granted.status()).as(granted.text()).isEqualTo(200);
    String both = organization(api, "Both", from, "ADMINISTRATOR");
    add(api, both, id, "MEMBER");
    String one = organization(api, "One", from, "MEMBER");

    Answer merged = merge(api, admin, id, from, tag(api, id));

    assertThat(merged.status()).as(merged.text()).isEqualTo(200);
    assertThat(merged.at("/role")).isEqualTo("AUDITOR");
    Answer me =
        api.await(
            "the roles hold",
            () -> {
              Answer now = api.get("/me", token);
              return now.at("/role").equals("AUDITOR") ? now : null;
            });
    assertThat(me.at("/id")).isEqualTo(id);
    assertThat(me.body().path("organizations").values())
        .extracting(each -> each.path("organization_id").asString() + each.path("role").asString())
        .containsExactlyInAnyOrder(both + "MEMBER", one + "MEMBER");
    Answer gone = api.get("/admin/users/" + from, admin);
    assertThat(gone.at("/status")).isEqualTo("DELETED");
    assertThat(gone.body().path("email").isNull()).as(gone.text()).isTrue();
    assertThat(gone.body().path("roles")).isEmpty();
    assertThat(
            api.rows(
                "select action from audit_entry where resource_id in ('%s', '%s') and action like 'user.merged%%' order by 1"
                    .formatted(id, from)))
        .containsExactly("user.merged", "user.merged_into");
    assertThat(merge(api, admin, id, from, tag(api, id)).at("/code")).isEqualTo("STATE_CONFLICT");
  }

  @Test
  void whatDoesNotFitIsRefusedAndNothingChanges(ApiStack api) {
    String id = stranger.at("/id");
    String from = invited.at("/id");
    String tag = tag(api, id);
    // Only an invitation is taken over, and only by who has come.
    assertThat(merge(api, admin, id, id, tag).at("/code")).isEqualTo("STATE_CONFLICT");
    assertThat(merge(api, admin, from, id, tag(api, from)).at("/code")).isEqualTo("STATE_CONFLICT");
    assertThat(merge(api, admin, id, UUID.randomUUID().toString(), tag).status()).isEqualTo(404);
    assertThat(merge(api, admin, id, from, "\"v999\"").status()).isEqualTo(412);
    assertThat(
            api.post("/admin/users/" + id + "/merge", admin, "{\"user_id\":\"" + from + "\"}")
                .status())
        .isEqualTo(428);
    Answer empty = api.call("POST", "/admin/users/" + id + "/merge", admin, "{}", "If-Match", tag);
    assertThat(empty.at("/code")).isEqualTo("VALIDATION_FAILED");
    assertThat(merge(api, token, id, from, tag).status()).isEqualTo(403);
    String other = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    assertThat(merge(api, other, id, from, tag).status()).isEqualTo(404);
    assertThat(api.get("/admin/users/" + from, admin).at("/status")).isEqualTo("PENDING");
    assertThat(tag(api, id)).isEqualTo(tag);
  }

  /** 40, section 3: nobody grants more than they hold, least of all to themself. */
  @Test
  void nobodyTakesOverForThemselfWhatTheyDoNotHold(ApiStack api) {
    String me = api.get("/me", admin).at("/id");
    String from = invited.at("/id");
    // The population is there with its people.
    api.token(tenant, "VIEWER");
    UUID population = People.population(TokenRequest.tenantId(tenant));
    api.rows(
        """
        insert into population_member (tenant_id, population_id, user_id, role, state)
        values ('%s', '%s', '%s', 'ADMINISTRATOR', 'CONFIRMED')
        """
            .formatted(TokenRequest.tenantId(tenant), population, from));
    Answer refused = merge(api, admin, me, from, tag(api, me));
    assertThat(refused.status()).as(refused.text()).isEqualTo(403);
    assertThat(refused.at("/code")).isEqualTo("PERMISSION_DENIED");
    assertThat(refused.at("/details/required_role")).isEqualTo("ADMINISTRATOR");
    assertThat(api.get("/admin/users/" + from, admin).at("/status")).isEqualTo("PENDING");
    assertThat(api.get("/me", admin).body().path("populations")).isEmpty();

    api.post("/populations/" + population + "/add-myself", admin, null);
    String other = api.token(tenant, "ADMINISTRATOR");
    String theirs = api.post("/organizations", other, "{\"name\":\"Theirs\"}").at("/id");
    Answer added =
        api.post(
            "/organizations/" + theirs + "/members",
            other,
            "{\"user_id\":\"%s\",\"role\":\"MEMBER\"}".formatted(from));
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    assertThat(merge(api, admin, me, from, tag(api, me)).at("/code"))
        .isEqualTo("PERMISSION_DENIED");

    add(api, theirs, me, "MEMBER");
    Answer merged = merge(api, admin, me, from, tag(api, me));
    assertThat(merged.status()).as(merged.text()).isEqualTo(200);
  }

  private String organization(ApiStack api, String name, String user, String role) {
    Answer made = api.post("/organizations", admin, "{\"name\":\"%s\"}".formatted(name));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    add(api, made.at("/id"), user, role);
    return made.at("/id");
  }

  private void add(ApiStack api, String organization, String user, String role) {
    Answer added =
        api.post(
            "/organizations/" + organization + "/members",
            admin,
            "{\"user_id\":\"%s\",\"role\":\"%s\"}".formatted(user, role));
    assertThat(added.status()).as(added.text()).isEqualTo(201);
  }
}
