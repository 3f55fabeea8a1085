package io.dorsal.functions.catalog;

import static io.dorsal.functions.catalog.PopulationFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 20-catalog §1.2: how people come to a population by themselves, and go. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class JoiningApiIntegrationTests {

  private PopulationFixture people;
  private String anna;
  private String berta;

  @BeforeEach
  void people(ApiStack api) {
    people = new PopulationFixture(api);
    anna = people.token("anna");
    berta = people.token("berta");
  }

  private String requests(String id) {
    return "/populations/" + id + "/join-requests";
  }

  @Test
  void anOpenPopulationIsJoinedByOneClickAsViewer(ApiStack api) {
    String id = people.active(anna, "Open", ",\"join_policy\":\"OPEN\"");
    Answer joined = people.join(id, berta);
    assertThat(joined.status()).as(joined.text()).isEqualTo(201);
    assertThat(joined.at("/relation")).isEqualTo("MEMBER");
    assertThat(joined.at("/role")).isEqualTo("VIEWER");
    assertThat(people.role(berta, id)).isEqualTo("VIEWER");
    assertRefused(people.join(id, berta), 409, "STATE_CONFLICT");
    String path = "/populations/" + id;
    assertThat(api.post(path + "/leave", berta, null).status()).isEqualTo(204);
    assertRefused(api.post(path + "/leave", berta, null), 409, "STATE_CONFLICT");
    assertThat(api.get(path, berta).at("/relation")).isEqualTo("OPEN_TO_JOIN");
    assertThat(people.join(id, berta).at("/role")).isEqualTo("VIEWER");
    // Whom an administrator removed, an administrator lets in again.
    people.delete(path + "/members/" + people.id(berta), anna);
    assertThat(api.get(path, berta).at("/relation")).isEqualTo("REQUEST_TO_JOIN");
    assertThat(people.join(id, berta).at("/relation")).isEqualTo("REQUEST_PENDING");
    assertThat(people.audited(id))
        .containsSubsequence(
            "population.member_joined",
            "population.member_left",
            "population.member_joined",
            "population.member_removed",
            "join_request.made");
  }

  @Test
  void anInvitedViewerOfAnOpenPopulationNeedsNoFurtherLook(ApiStack api) {
    String id = people.active(anna, "Open", ",\"join_policy\":\"OPEN\"");
    for (String role : java.util.List.of("VIEWER", "EXPERT")) {
      String token = people.token(role);
      people.id(token);
      api.post(
          "/populations/" + id + "/members",
          anna,
          "{\"first_name\":\"A\",\"last_name\":\"B\",\"email\":\"%s@%s.example\",\"role\":\"%s\"}"
              .formatted(role, people.tenant, role));
      String relation = role.equals("VIEWER") ? "MEMBER" : "REQUEST_PENDING";
      Answer joined = people.join(id, token);
      assertThat(joined.at("/relation")).as(joined.text()).isEqualTo(relation);
    }
  }

  @Test
  void aRequestIsDecidedOnOnce(ApiStack api) {
    String id = people.active(anna, "Ask", "");
    Answer asked = api.post(requests(id), berta, "{\"message\":\"I know them.\"}");
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
    assertThat(asked.at("/relation")).isEqualTo("REQUEST_PENDING");
    assertRefused(people.join(id, berta), 409, "JOIN_REQUEST_PENDING");
    assertThat(people.role(berta, id)).isEmpty();
    assertThat(people.noticeKinds(anna)).contains("JOIN_REQUESTED");

    Answer list = api.get(requests(id), anna);
    assertThat(list.at("/items/0/message")).isEqualTo("I know them.");
    assertThat(list.at("/items/0/email")).isEqualTo("berta@" + people.tenant + ".example");
    String request = requests(id) + "/" + list.at("/items/0/id");
    assertThat(asked.at("/join_request_id")).isEqualTo(list.at("/items/0/id"));
    assertRefused(api.call("POST", request + "/approve", anna, "{}"), 428, "PRECONDITION_REQUIRED");
    Answer stale = api.call("POST", request + "/approve", anna, "{}", "If-Match", "\"v3\"");
    assertRefused(stale, 412, "STALE_VERSION");
    Answer approved = api.call("POST", request + "/approve", anna, "{}", "If-Match", "\"v0\"");
    assertThat(approved.at("/state")).as(approved.text()).isEqualTo("APPROVED");
    assertThat(people.role(berta, id)).isEqualTo("VIEWER");
    assertThat(people.noticeKinds(anna)).doesNotContain("JOIN_REQUESTED");
    assertThat(people.noticeKinds(berta)).contains("JOIN_REQUEST_DECIDED");
    assertRefused(
        api.call("POST", request + "/reject", anna, "{}", "If-Match", approved.tag()),
        409,
        "STATE_CONFLICT");
    assertThat(api.get(requests(id), anna).body().path("items")).isEmpty();
    assertThat(api.get(requests(id) + "?state=APPROVED", anna).body().path("items")).hasSize(1);
    assertThat(people.audited(id)).contains("join_request.made", "join_request.approved");
    people.member(id, anna, "cora", "PROFESSIONAL");
    assertThat(people.role(people.token("cora"), id)).isEqualTo("PROFESSIONAL");
  }

  @Test
  void whoWasRejectedOrWithdrewMayAskAgain(ApiStack api) {
    String id = people.active(anna, "Ask", "");
    String first = requests(id) + "/" + people.join(id, berta).at("/join_request_id");
    assertRefused(api.post(first + "/withdraw", anna, null), 404, "NOT_FOUND");
    assertThat(api.post(first + "/withdraw", berta, null).status()).isEqualTo(204);
    assertRefused(api.post(first + "/withdraw", berta, null), 409, "STATE_CONFLICT");
    assertThat(people.noticeKinds(anna)).doesNotContain("JOIN_REQUESTED");
    assertThat(api.get("/populations/" + id, berta).at("/relation")).isEqualTo("REQUEST_TO_JOIN");

    String second = requests(id) + "/" + people.join(id, berta).at("/join_request_id");
    Answer rejected =
        api.call(
            "POST", second + "/reject", anna, "{\"reason\":\"Not yet.\"}", "If-Match", "\"v0\"");
    assertThat(rejected.at("/state")).as(rejected.text()).isEqualTo("REJECTED");
    assertThat(people.role(berta, id)).isEmpty();
    assertThat(api.get("/notices", berta).text()).contains("Not yet.");
    assertThat(people.join(id, berta).at("/relation")).isEqualTo("REQUEST_PENDING");
    assertThat(people.audited(id)).contains("join_request.withdrawn", "join_request.rejected");
    // What never ran cannot be joined.
    String requested = api.post("/populations", berta, PopulationFixture.body("New", "")).at("/id");
    assertRefused(people.join(requested, berta), 409, "STATE_CONFLICT");
    assertRefused(people.join(requested, anna), 404, "NOT_FOUND");
  }
}
