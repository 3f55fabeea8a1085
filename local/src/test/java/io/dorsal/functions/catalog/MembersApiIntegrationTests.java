package io.dorsal.functions.catalog;

import static io.dorsal.functions.catalog.PopulationFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.oidc.TokenRequest;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 20-catalog §1.2: who belongs to a population, and what its administrators do about it. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class MembersApiIntegrationTests {

  private PopulationFixture people;
  private String anna;
  private String id;
  private String path;
  private String members;

  @BeforeEach
  void people(ApiStack api) {
    people = new PopulationFixture(api);
    anna = people.token("anna");
    id = people.active(anna, "P", "");
    path = "/populations/" + id;
    members = path + "/members";
  }

  private static String invitation(String email, String more) {
    return "{\"first_name\":\"Dora\",\"last_name\":\"Doe\",\"email\":\"%s\"%s}"
        .formatted(email, more);
  }

  private String address(String name) {
    return name + "@" + people.tenant + ".example";
  }

  @Test
  void whoIsInvitedByAnAddressIsKnownAtTheFirstSignIn(ApiStack api) {
    Answer invited = api.post(members, anna, invitation(address("Dora"), ",\"role\":\"EXPERT\""));
    assertThat(invited.status()).as(invited.text()).isEqualTo(201);
    assertThat(invited.at("/state")).isEqualTo("INVITED");
    assertThat(invited.at("/role")).isEqualTo("EXPERT");
    assertThat(invited.at("/message")).isEqualTo("We look forward to your contribution!");
    String member = members + "/" + invited.at("/id");
    assertThat(invited.headers().get("location")).isEqualTo("/api/v1" + member);
    assertThat(api.get("/admin/users/" + invited.at("/id"), people.admin).at("/status"))
        .isEqualTo("PENDING");
    assertRefused(people.turn(member, anna, "confirm", null), 409, "STATE_CONFLICT");

    TokenRequest dora = TokenRequest.user(people.tenant, "dora@" + people.tenant);
    String mallory =
        api.stack()
            .tokens()
            .mint(
                TokenRequest.user(people.tenant, "mallory@" + people.tenant)
                    .with("email", address("dora"))
                    .with("email_verified", false));
    assertThat(api.get(path, mallory).at("/relation")).isEqualTo("REQUEST_TO_JOIN");
    String token = api.stack().tokens().mint(dora);
    assertThat(people.id(token)).isEqualTo(invited.at("/id"));
    assertThat(people.role(token, id)).isEmpty();
    assertThat(people.noticeKinds(token)).contains("POPULATION_INVITATION");
    assertThat(api.get(path, token).at("/relation")).isEqualTo("OPEN_TO_JOIN");

    Answer accepted = people.join(id, token);
    assertThat(accepted.at("/relation")).as(accepted.text()).isEqualTo("REQUEST_PENDING");
    assertThat(people.role(token, id)).isEmpty();
    assertRefused(people.join(id, token), 409, "JOIN_REQUEST_PENDING");
    assertThat(people.noticeKinds(anna)).contains("POPULATION_INVITATION_ACCEPTED");
    assertThat(api.get(member, anna).at("/state")).isEqualTo("PENDING_CONFIRMATION");
    Answer confirmed = people.turn(member, anna, "confirm", null);
    assertThat(confirmed.at("/state")).as(confirmed.text()).isEqualTo("CONFIRMED");
    assertThat(people.role(token, id)).isEqualTo("EXPERT");
    assertThat(api.get(path, token).at("/relation")).isEqualTo("MEMBER");
    assertThat(people.audited(id))
        .containsSubsequence(
            "population.member_invited",
            "population.member_accepted",
            "population.member_confirmed");
  }

  @Test
  void invitationsAreCheckedAndMadeOnce(ApiStack api) {
    String berta = people.token("berta");
    String bertaId = people.id(berta);
    Answer wrong =
        api.post(members, anna, "{\"first_name\":\" \",\"email\":\"x\",\"message\":\"\"}");
    assertRefused(wrong, 400, "VALIDATION_FAILED");
    assertThat(wrong.text()).contains("/first_name", "/last_name");
    assertRefused(api.post(members, anna, invitation("x", "")), 400, "VALIDATION_FAILED");
    assertRefused(
        api.post(members, anna, invitation("x@y.example", ",\"role\":\"NOVICE\"")),
        400,
        "VALIDATION_FAILED");
    String long81 = "x".repeat(81);
    assertRefused(
        api.post(members, anna, invitation("x@y.example", "").replace("Dora", long81)),
        400,
        "VALIDATION_FAILED");

    // The lowest role unless one is chosen; who is there already is found by the address.
    Answer invited = api.post(members, anna, invitation(address("berta"), ",\"message\":\"Hi\""));
    assertThat(invited.at("/role")).as(invited.text()).isEqualTo("VIEWER");
    assertThat(invited.at("/id")).isEqualTo(bertaId);
    assertThat(invited.at("/message")).isEqualTo("Hi");
    assertRefused(api.post(members, anna, invitation(address("BERTA"), "")), 409, "STATE_CONFLICT");
    // Declined, and invited again.
    assertThat(api.post(path + "/leave", berta, null).status()).isEqualTo(204);
    assertThat(api.get(members + "/" + bertaId, anna).at("/state")).isEqualTo("REMOVED");
    Answer again = api.post(members, anna, invitation(address("berta"), ""));
    assertThat(again.at("/state")).as(again.text()).isEqualTo("INVITED");
    assertThat(again.tag()).isEqualTo("\"v2\"");
    // Whoever asks to join is decided on.
    String cora = people.token("cora");
    people.join(id, cora);
    assertRefused(
        api.post(members, anna, invitation(address("cora"), "")), 409, "JOIN_REQUEST_PENDING");
  }

  @Test
  void onlyAdministratorsOfThePopulationDealWithItsPeople(ApiStack api) {
    String other = people.token("other");
    people.active(other, "Other", "");
    String request = path + "/join-requests/";
    String asked = people.join(id, people.token("asker")).at("/join_request_id");
    String annaId = people.id(anna);
    for (String role : List.of("VIEWER", "EXPERT", "PROFESSIONAL")) {
      people.member(id, anna, role.toLowerCase(Locale.ROOT), role);
    }
    for (String token :
        List.of(
            people.token("viewer"),
            people.token("expert"),
            people.token("professional"),
            other,
            people.admin)) {
      assertRefused(api.get(members, token), 403, "PERMISSION_DENIED");
      assertRefused(api.get(members + "/" + annaId, token), 403, "PERMISSION_DENIED");
      assertRefused(api.get(request, token), 403, "PERMISSION_DENIED");
      assertRefused(
          api.post(members, token, invitation("x@y.example", "")), 403, "PERMISSION_DENIED");
      assertRefused(
          people.patch(members + "/" + annaId, token, "{\"role\":\"VIEWER\"}"),
          403,
          "PERMISSION_DENIED");
      assertRefused(people.delete(members + "/" + annaId, token), 403, "PERMISSION_DENIED");
      assertRefused(
          people.turn(members + "/" + annaId, token, "confirm", null), 403, "PERMISSION_DENIED");
      for (String action : List.of("/approve", "/reject")) {
        assertRefused(
            api.call("POST", request + asked + action, token, "{}", "If-Match", "\"v0\""),
            403,
            "PERMISSION_DENIED");
      }
    }
    Answer all = api.get(members + "?limit=3", anna);
    assertThat(all.body().path("items")).hasSize(3);
    Answer rest = api.get(members + "?limit=3&cursor=" + all.at("/next_cursor"), anna);
    assertThat(rest.body().path("items")).hasSize(1);
    assertThat(api.get(members + "?role=EXPERT", anna).at("/items/0/email"))
        .isEqualTo(address("expert"));
    assertThat(api.get(members + "?state=INVITED", anna).body().path("items")).isEmpty();
  }

  @Test
  void rolesChangeAndEndAtOnceAndCarryOverToNoOther(ApiStack api) {
    String berta = people.member(id, anna, "berta", "PROFESSIONAL");
    String another = people.active(anna, "Q", "");
    assertThat(people.role(berta, another)).isEmpty();
    String member = members + "/" + people.id(berta);
    assertRefused(
        api.call("PATCH", member, anna, "{\"role\":\"VIEWER\"}"), 428, "PRECONDITION_REQUIRED");
    assertRefused(people.patch(member, anna, "{}"), 400, "VALIDATION_FAILED");
    assertThat(people.patch(member, anna, "{\"role\":\"EXPERT\"}").at("/role")).isEqualTo("EXPERT");
    assertThat(people.role(berta, id)).isEqualTo("EXPERT");
    Answer stale = api.call("PATCH", member, anna, "{\"role\":\"VIEWER\"}", "If-Match", "\"v0\"");
    assertRefused(stale, 412, "STALE_VERSION");
    assertThat(stale.at("/details/current/role")).isEqualTo("EXPERT");

    assertThat(people.delete(member, anna).status()).isEqualTo(204);
    assertThat(people.role(berta, id)).isEmpty();
    assertThat(api.get("/me", berta).at("/status")).isEqualTo("ACTIVE");
    assertThat(api.get(members, anna).body().path("items")).hasSize(1);
    assertThat(api.get(members + "?state=REMOVED", anna).body().path("items")).hasSize(1);
    assertRefused(people.delete(member, anna), 409, "STATE_CONFLICT");
    assertThat(people.audited(id))
        .contains("population.member_role_changed", "population.member_removed");
  }

  @Test
  void aPopulationKeepsAnAdministrator(ApiStack api) {
    String member = members + "/" + people.id(anna);
    String last = "LAST_ADMINISTRATOR";
    assertRefused(people.patch(member, anna, "{\"role\":\"PROFESSIONAL\"}"), 409, last);
    assertRefused(people.delete(member, anna), 409, last);
    assertRefused(api.post(path + "/leave", anna, null), 409, last);
    // One who was only invited is none yet.
    api.post(members, anna, invitation("n@x.example", ",\"role\":\"ADMINISTRATOR\""));
    assertRefused(api.post(path + "/leave", anna, null), 409, last);
    assertThat(people.role(anna, id)).isEqualTo("ADMINISTRATOR");
    String berta = people.member(id, anna, "berta", "ADMINISTRATOR");
    assertThat(api.post(path + "/leave", anna, null).status()).isEqualTo(204);
    assertThat(people.role(anna, id)).isEmpty();
    assertRefused(api.post(path + "/leave", berta, null), 409, last);
    assertThat(people.audited(id)).contains("population.member_left");
  }

  @Test
  void oneOfTwoThatDemoteEachOtherAtOnceStays(ApiStack api) throws Exception {
    for (int round = 0; round < 5; round++) {
      String one = people.token("one" + round);
      String population = people.active(one, "R" + round, "");
      String two = people.member(population, one, "two" + round, "ADMINISTRATOR");
      String all = "/populations/" + population + "/members/";
      String first = all + people.id(one);
      String second = all + people.id(two);
      String demoted = "{\"role\":\"VIEWER\"}";
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var a =
            threads.submit(
                () -> api.call("PATCH", second, one, demoted, "If-Match", "\"v0\"").status());
        var b =
            threads.submit(
                () -> api.call("PATCH", first, two, demoted, "If-Match", "\"v0\"").status());
        assertThat(List.of(a.get(), b.get())).containsOnlyOnce(200);
      }
      assertThat(
              api.rows(
                  "select count(*) from population_member where population_id = '%s'"
                          .formatted(population)
                      + " and role = 'ADMINISTRATOR'"))
          .containsExactly("1");
    }
  }

  @Test
  void anAdministratorOfTheTenantMayAddThemselfAndThoseThereAreAreTold(ApiStack api) {
    assertRefused(api.post(path + "/add-myself", anna, null), 403, "PERMISSION_DENIED");
    Answer added = api.post(path + "/add-myself", people.admin, null);
    assertThat(added.status()).as(added.text()).isEqualTo(200);
    assertThat(added.at("/role")).isEqualTo("ADMINISTRATOR");
    assertThat(people.role(people.admin, id)).isEqualTo("ADMINISTRATOR");
    assertThat(api.get(path, people.admin).at("/join_policy")).isEqualTo("REQUEST");
    assertThat(people.noticeKinds(anna)).contains("POPULATION_ADMINISTRATOR_ADDED");
    assertThat(people.noticeKinds(people.admin)).doesNotContain("POPULATION_ADMINISTRATOR_ADDED");
    assertThat(
            api.rows(
                "select category, after->>'role' from audit_entry where tenant_id = '%s'"
                        .formatted(people.tenantId())
                    + " and action = 'population.administrator_added_themself'"))
        .containsExactly("AUTHORIZATION|ADMINISTRATOR");
    // A second time changes nothing; so an archived one without anybody can be restored, too.
    assertThat(api.post(path + "/add-myself", people.admin, null).status()).isEqualTo(200);
    assertThat(people.audited(id)).containsOnlyOnce("population.administrator_added_themself");
    assertThat(api.post(path + "/leave", people.admin, null).status()).isEqualTo(204);
    people.turn(path, anna, "archive", null);
    assertThat(api.post(path + "/add-myself", people.admin, null).status()).isEqualTo(200);
    assertThat(people.turn(path, people.admin, "restore", null).at("/state")).isEqualTo("ACTIVE");
  }
}
