package io.dorsal.functions.catalog.organizations;

import static io.dorsal.functions.catalog.organizations.OrganizationCalls.WHOLE;
import static io.dorsal.functions.catalog.organizations.OrganizationCalls.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What others than its administrators see of an organization, and of Public. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class OrganizationSightIntegrationTests {

  private OrganizationCalls calls;
  private String ann;
  private String bob;

  @BeforeEach
  void people(ApiStack api) {
    calls = OrganizationCalls.of(api);
    ann = calls.token("ann");
    bob = calls.token("bob");
  }

  @Test
  void profileIsForEverybodyAndSettingsForItsAdministrators(ApiStack api) {
    String path = "/organizations/" + api.post("/organizations", ann, WHOLE).at("/id");
    Answer profile = api.get(path, bob);
    assertThat(profile.at("/description")).isEqualTo("We look.");
    assertThat(profile.at("/contact_email")).isEqualTo("hello@w.example");
    assertThat(profile.body().path("role").isNull()).isTrue();
    assertThat(profile.body().propertyNames()).doesNotContain("permits", "default_license");
    calls.add(path, ann, calls.id(bob), "MEMBER");
    for (String other : List.of(bob, calls.token("cora"), calls.admin())) {
      for (Answer refused :
          List.of(
              api.get(path + "/settings", other),
              api.call("PATCH", path, other, "{\"name\":\"Mine\"}", "If-Match", profile.tag()))) {
        assertRefused(refused, 403, "PERMISSION_DENIED");
        assertThat(refused.at("/detail"))
            .isEqualTo("Only organization administrators can change these settings.");
        assertThat(refused.at("/details/required_role")).isEqualTo("ADMINISTRATOR");
      }
    }
    assertThat(api.get(path, bob).at("/name")).isEqualTo("Whale Institute");
  }

  @Test
  void publicIsThereFromTheBeginningAndIsNobodys(ApiStack api) {
    Answer tenant =
        api.post(
            "/operator/tenants",
            api.token(ApiStack.tenant(), "OPERATOR"),
            "{\"name\":\"t%s\"}".formatted(UUID.randomUUID().toString().substring(0, 8)));
    assertThat(
            api.rows(
                "select name, verification from organization where tenant_id = '%s'"
                    .formatted(tenant.at("/id"))))
        .containsExactly("Public|null");

    String path = calls.system();
    Answer system = api.get(path, ann);
    assertThat(system.at("/system")).isEqualTo("true");
    assertThat(system.body().path("verification").isNull()).isTrue();
    for (String name : List.of("Public", " PUBLIC", "Ｐublic")) {
      assertRefused(
          api.post("/organizations", ann, "{\"name\":\"%s\"}".formatted(name)), 409, "NAME_TAKEN");
    }
    assertRefused(
        calls.changed("PATCH", calls.made(ann, "Mine"), ann, "{\"name\":\"public\"}"),
        409,
        "NAME_TAKEN");
    assertRefused(
        api.call("PATCH", path, ann, "{\"name\":\"Mine\"}", "If-Match", system.tag()),
        409,
        "STATE_CONFLICT");
    assertRefused(api.get(path + "/settings", ann), 403, "PERMISSION_DENIED");
    String admin = calls.admin();
    assertRefused(calls.add(path, admin, calls.id(admin), "ADMINISTRATOR"), 409, "STATE_CONFLICT");
    assertRefused(
        calls.changed("POST", path + "/verification", admin, "{\"verification\":\"ACKNOWLEDGED\"}"),
        409,
        "STATE_CONFLICT");
  }

  @Test
  void anotherTenantsAreNotThere(ApiStack api) {
    String path = calls.made(ann, "Hidden");
    String member = path + "/members/" + calls.id(ann);
    OrganizationCalls elsewhere = OrganizationCalls.of(api);
    String stranger = elsewhere.token("ann");
    String admin = elsewhere.admin();
    for (String token : List.of(stranger, admin)) {
      for (String read : List.of(path, path + "/settings", path + "/members", member)) {
        assertRefused(api.get(read, token), 404, "NOT_FOUND");
      }
      assertRefused(
          api.call("PATCH", path, token, "{\"name\":\"X\"}", "If-Match", "\"v0\""),
          404,
          "NOT_FOUND");
      assertRefused(elsewhere.add(path, token, elsewhere.id(token), "MEMBER"), 404, "NOT_FOUND");
      assertRefused(
          api.call("PATCH", member, token, "{\"role\":\"MEMBER\"}", "If-Match", "\"v0\""),
          404,
          "NOT_FOUND");
      assertRefused(api.call("DELETE", member, token, null), 404, "NOT_FOUND");
      assertThat(OrganizationCalls.names(api.get("/organizations?q=hidden", token))).isEmpty();
    }
    assertRefused(api.get(path + "/verification", admin), 404, "NOT_FOUND");
    assertRefused(
        api.call(
            "POST",
            path + "/verification",
            admin,
            "{\"verification\":\"ACKNOWLEDGED\"}",
            "If-Match",
            "\"v0\""),
        404,
        "NOT_FOUND");
    // Nor does a user of another tenant become a member.
    assertRefused(calls.add(path, ann, elsewhere.id(stranger), "MEMBER"), 404, "NOT_FOUND");
  }
}
