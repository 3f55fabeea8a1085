package io.dorsal.functions.catalog.organizations;

import static io.dorsal.functions.catalog.organizations.OrganizationCalls.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.functions.SecondHost;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who belongs to an organization, and who decides on that. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class OrganizationMembersIntegrationTests {

  private static final String TO_MEMBER = "{\"role\":\"MEMBER\"}";
  private static final String TO_ADMINISTRATOR = "{\"role\":\"ADMINISTRATOR\"}";

  private OrganizationCalls calls;
  private String ann;
  private String bob;
  private String path;

  @BeforeEach
  void organizationOfAnn(ApiStack api) {
    calls = OrganizationCalls.of(api);
    ann = calls.token("ann");
    bob = calls.token("bob");
    path = calls.made(ann, "Ours");
  }

  private String member(String token) {
    return path + "/members/" + calls.id(token);
  }

  private Answer addByAddress(ApiStack api, String address) {
    return api.post(path + "/members", ann, "{\"email\":\"" + address + "\"}");
  }

  @Test
  void administratorsAddChangeAndRemoveMembers(ApiStack api) {
    Answer added = calls.add(path, ann, calls.id(bob), "MEMBER");
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    assertThat(added.headers().get("location")).isEqualTo("/api/v1" + member(bob));
    assertThat(added.at("/role")).isEqualTo("MEMBER");
    assertThat(added.at("/added_by")).isEqualTo(calls.id(ann));
    assertThat(api.get("/me", bob).at("/organizations/0/role")).isEqualTo("MEMBER");
    assertRefused(calls.add(path, ann, calls.id(bob), "MEMBER"), 409, "STATE_CONFLICT");

    Answer first = api.get(path + "/members?limit=1", ann);
    assertThat(first.at("/items/0/display_name")).startsWith("ann");
    Answer second = api.get(path + "/members?limit=1&cursor=" + first.at("/next_cursor"), ann);
    assertThat(second.at("/items/0/user_id")).isEqualTo(calls.id(bob));

    assertRefused(api.call("PATCH", member(bob), ann, TO_MEMBER), 428, "PRECONDITION_REQUIRED");
    Answer raised = calls.changed("PATCH", member(bob), ann, TO_ADMINISTRATOR);
    assertThat(raised.at("/role")).as(raised.text()).isEqualTo("ADMINISTRATOR");
    assertThat(api.get(path + "/settings", bob).status()).isEqualTo(200);
    Answer stale = api.call("PATCH", member(bob), ann, TO_MEMBER, "If-Match", added.tag());
    assertRefused(stale, 412, "STALE_VERSION");
    assertThat(stale.at("/details/changed_by")).isEqualTo(calls.id(ann));
    assertThat(stale.at("/details/current/role")).isEqualTo("ADMINISTRATOR");
    assertRefused(
        calls.changed("PATCH", member(bob), ann, "{\"role\":\"OWNER\"}"), 400, "VALIDATION_FAILED");

    assertThat(api.call("DELETE", member(bob), ann, null).status()).isEqualTo(204);
    assertThat(api.get("/me", bob).body().path("organizations")).isEmpty();
    assertRefused(api.get(path + "/settings", bob), 403, "PERMISSION_DENIED");
    assertRefused(api.call("DELETE", member(bob), ann, null), 404, "NOT_FOUND");
    assertThat(calls.journal("organization.member"))
        .containsExactly(
            "organization.member_added MEMBER",
            "organization.member_changed ADMINISTRATOR",
            "organization.member_removed REMOVED");
  }

  @Test
  void membersDecideNothingButToLeave(ApiStack api) {
    String cora = calls.token("cora");
    calls.add(path, ann, calls.id(bob), "MEMBER");
    for (String token : List.of(bob, cora)) {
      assertRefused(api.get(path + "/members", token), 403, "PERMISSION_DENIED");
      assertRefused(api.get(member(ann), token), 403, "PERMISSION_DENIED");
      assertRefused(calls.add(path, token, calls.id(cora), "MEMBER"), 403, "PERMISSION_DENIED");
      assertRefused(api.call("DELETE", member(ann), token, null), 403, "PERMISSION_DENIED");
    }
    assertRefused(
        calls.changed("PATCH", member(bob), bob, TO_ADMINISTRATOR), 403, "PERMISSION_DENIED");
    assertThat(api.get(member(bob), bob).at("/role")).isEqualTo("MEMBER");
    assertThat(api.call("DELETE", member(bob), bob, null).status()).isEqualTo(204);
    assertThat(api.get("/me", bob).body().path("organizations")).isEmpty();
  }

  @Test
  void lastAdministratorStays(ApiStack api) {
    calls.add(path, ann, calls.id(bob), "MEMBER");
    assertRefused(calls.changed("PATCH", member(ann), ann, TO_MEMBER), 409, "LAST_ADMINISTRATOR");
    assertRefused(api.call("DELETE", member(ann), ann, null), 409, "LAST_ADMINISTRATOR");
    // One who never came is no administrator yet.
    Answer pending = addByAddress(api, calls.address("later"));
    calls.changed("PATCH", path + "/members/" + pending.at("/user_id"), ann, TO_ADMINISTRATOR);
    assertRefused(api.call("DELETE", member(ann), ann, null), 409, "LAST_ADMINISTRATOR");
    assertThat(api.get(path + "/settings", ann).status()).isEqualTo(200);
    calls.changed("PATCH", member(bob), ann, TO_ADMINISTRATOR);
    assertThat(api.call("DELETE", member(ann), ann, null).status()).isEqualTo(204);
    assertRefused(api.get(path + "/settings", ann), 403, "PERMISSION_DENIED");
  }

  @Test
  void oneOfTwoThatDemoteEachOtherAtOnceStays(ApiStack api) throws Exception {
    for (int round = 0; round < 5; round++) {
      path = calls.made(ann, "Round " + round);
      calls.add(path, ann, calls.id(bob), "ADMINISTRATOR");
      String annsTag = api.get(member(ann), bob).tag();
      String bobsTag = api.get(member(bob), ann).tag();
      String anns = member(ann);
      String bobs = member(bob);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var one =
            threads.submit(() -> api.call("PATCH", bobs, ann, TO_MEMBER, "If-Match", bobsTag));
        var two =
            threads.submit(() -> api.call("PATCH", anns, bob, TO_MEMBER, "If-Match", annsTag));
        List<Integer> statuses = List.of(one.get().status(), two.get().status());
        assertThat(statuses).containsOnlyOnce(200);
        assertThat(statuses).containsAnyOf(409, 403);
      }
      assertThat(
              api.rows(
                  """
                  select count(*) from organization_member
                  where role = 'ADMINISTRATOR' and organization_id = '%s'
                  """
                      .formatted(path.substring("/organizations/".length()))))
          .containsExactly("1");
    }
  }

  @Test
  void roleOfAPopulationIsNone(ApiStack api) {
    String administrator = api.token(calls.tenant(), "ADMINISTRATOR");
    assertThat(api.get("/me", administrator).body().path("populations")).hasSize(1);
    assertThat(api.get("/me", administrator).body().path("organizations")).isEmpty();
    assertRefused(api.get(path + "/members", administrator), 403, "PERMISSION_DENIED");
    assertThat(api.get("/me", ann).body().path("populations")).isEmpty();
  }

  @Test
  void tenantsAdministratorMakesThemselfOneWhichTheOthersAreTold(ApiStack api) {
    String admin = calls.admin();
    assertRefused(api.get(path + "/members", admin), 403, "PERMISSION_DENIED");
    assertRefused(calls.add(path, admin, calls.id(bob), "MEMBER"), 403, "PERMISSION_DENIED");
    assertThat(api.get("/notices", ann).body().path("items")).isEmpty();
    Answer joined = calls.add(path, admin, calls.id(admin), "MEMBER");
    assertThat(joined.status()).as(joined.text()).isEqualTo(201);
    assertThat(calls.changed("PATCH", member(admin), admin, TO_ADMINISTRATOR).status())
        .isEqualTo(200);
    assertThat(api.get(path + "/settings", admin).status()).isEqualTo(200);
    Answer notices = api.get("/notices", ann);
    assertThat(notices.body().path("items")).hasSize(2);
    assertThat(notices.at("/items/0/title")).isEqualTo("A tenant administrator joined Ours");
    assertThat(api.get("/notices", bob).body().path("items")).isEmpty();
  }

  @Test
  void changesActWithinSecondsOnOtherInstances(ApiStack api) throws Exception {
    calls.add(path, ann, calls.id(bob), "ADMINISTRATOR");
    try (var second = SecondHost.beside(api.stack(), Map.of())) {
      String other = second.address();
      assertThat(api.callAt(other, "GET", path + "/settings", bob, null).status()).isEqualTo(200);
      api.call("DELETE", member(bob), ann, null);
      long begin = System.nanoTime();
      api.await(
          "the other instance knows",
          () ->
              api.callAt(other, "GET", path + "/settings", bob, null).status() == 403
                  ? true
                  : null);
      assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
    }
  }
}
