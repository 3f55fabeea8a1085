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

/** Making, finding and settling organizations. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class OrganizationsApiIntegrationTests {

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
  void anybodyOfTheTenantMakesOneAndAdministersIt(ApiStack api) {
    Answer made = api.post("/organizations", ann, WHOLE);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String path = "/organizations/" + made.at("/id");
    assertThat(made.headers().get("location")).isEqualTo("/api/v1" + path);
    assertThat(made.tag()).isEqualTo("\"v0\"");
    assertThat(made.at("/name")).isEqualTo("Whale Institute");
    assertThat(made.at("/verification")).isEqualTo("UNVERIFIED");
    assertThat(made.at("/permits/0/valid_to")).isEqualTo("2026-12-31");
    assertThat(api.get(path, ann).at("/role")).isEqualTo("ADMINISTRATOR");
    assertThat(api.get(path + "/settings", ann).body()).isEqualTo(made.body());
    assertThat(calls.journal("organization.")).containsExactly("organization.created UNVERIFIED");
  }

  @Test
  void meAndKeysShowTheRoleInIt(ApiStack api) {
    String path = calls.made(ann, "Shown");
    assertThat(api.get("/me", ann).at("/organizations/0/organization_id"))
        .isEqualTo(path.substring("/organizations/".length()));
    assertThat(api.get("/me", ann).at("/organizations/0/role")).isEqualTo("ADMINISTRATOR");
    assertThat(api.get("/me", bob).body().path("organizations")).isEmpty();
    String key =
        api.post(
                "/api-keys",
                ann,
                "{\"name\":\"K\",\"kind\":\"USER\",\"scopes\":[\"catalog:read\"]}")
            .at("/key");
    assertThat(api.get("/me", key).at("/organizations/0/role")).isEqualTo("ADMINISTRATOR");
    assertThat(api.get(path + "/settings", key).status()).isEqualTo(200);
    assertRefused(
        calls.changed("PATCH", path, key, "{\"description\":\"x\"}"), 403, "SCOPE_MISSING");
  }

  @Test
  void sameKeyMakesItOnceAndAnotherBodyIsRefused(ApiStack api) {
    String key = UUID.randomUUID().toString();
    String body = "{\"name\":\"Once\"}";
    Answer first = api.call("POST", "/organizations", ann, body, "Idempotency-Key", key);
    Answer again = api.call("POST", "/organizations", ann, body, "Idempotency-Key", key);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertRefused(
        api.call("POST", "/organizations", ann, "{\"name\":\"Two\"}", "Idempotency-Key", key),
        422,
        "IDEMPOTENCY_KEY_REUSED");
    // Another caller's key is another key.
    assertRefused(
        api.call("POST", "/organizations", bob, body, "Idempotency-Key", key), 409, "NAME_TAKEN");
    assertRefused(api.call("POST", "/organizations", ann, body), 400, "IDEMPOTENCY_KEY_REQUIRED");
  }

  @Test
  void nameIsTakenOnceInATenantWhateverTheCase(ApiStack api) {
    calls.made(ann, "Straße");
    String other = calls.made(bob, "Other");
    assertRefused(api.post("/organizations", bob, "{\"name\":\"STRASSE\"}"), 409, "NAME_TAKEN");
    assertRefused(calls.changed("PATCH", other, bob, "{\"name\":\"straße\"}"), 409, "NAME_TAKEN");
    OrganizationCalls elsewhere = OrganizationCalls.of(api);
    elsewhere.made(elsewhere.token("ann"), "Straße");
    // One's own name in another case is no other organization's.
    assertThat(calls.changed("PATCH", other, bob, "{\"name\":\"OTHER\"}").at("/name"))
        .isEqualTo("OTHER");
  }

  @Test
  void whatIsWrongIsNamedByItsPlace(ApiStack api) {
    Answer wrong =
        api.post(
            "/organizations",
            ann,
            """
            {"name":"N","contact_email":"x","permits":[
              {"number":"1","issuer":"I","valid_from":"2026-02-01","valid_to":"2026-01-01"}]}
            """);
    assertRefused(wrong, 400, "VALIDATION_FAILED");
    assertThat(wrong.at("/details/fields/0/pointer")).isEqualTo("/contact_email");
    assertThat(wrong.at("/details/fields/1/pointer")).isEqualTo("/permits/0/valid_to");
    assertThat(wrong.at("/details/fields/1/field")).isEqualTo("permits");
    // There are no uploads yet, so there is nothing to keep.
    for (String member : List.of("logo", "banner")) {
      Answer unknown =
          api.post("/organizations", ann, "{\"name\":\"N\",\"%s\":\"x\"}".formatted(member));
      assertRefused(unknown, 400, "VALIDATION_FAILED");
      assertThat(unknown.at("/details/fields/0/pointer")).isEqualTo("/" + member);
    }
  }

  @Test
  void listIsByNameFilteredAndPaged(ApiStack api) {
    calls.made(ann, "beta");
    String alpha = calls.made(ann, "Alpha");
    calls.made(bob, "Gamma");
    assertThat(OrganizationCalls.names(api.get("/organizations", bob)))
        .containsExactly("Alpha", "beta", "Gamma", "Public");
    Answer first = api.get("/organizations?limit=3", bob);
    Answer second = api.get("/organizations?limit=3&cursor=" + first.at("/next_cursor"), bob);
    assertThat(OrganizationCalls.names(first)).containsExactly("Alpha", "beta", "Gamma");
    assertThat(OrganizationCalls.names(second)).containsExactly("Public");
    assertThat(second.body().path("next_cursor").isNull()).isTrue();
    assertThat(OrganizationCalls.names(api.get("/organizations?q=AMM", bob)))
        .containsExactly("Gamma");
    calls.changed(
        "POST", alpha + "/verification", calls.admin(), "{\"verification\":\"ACKNOWLEDGED\"}");
    assertThat(OrganizationCalls.names(api.get("/organizations?verification=ACKNOWLEDGED", bob)))
        .containsExactly("Alpha");
    assertThat(OrganizationCalls.names(api.get("/organizations?verification=UNVERIFIED", bob)))
        .containsExactly("beta", "Gamma");
    assertRefused(api.get("/organizations?verification=X", bob), 400, "VALIDATION_FAILED");
    assertRefused(
        api.get("/organizations", api.token(calls.tenant(), "OPERATOR")), 403, "PERMISSION_DENIED");
  }

  @Test
  void changeIsAMergePatchOfTheVersionSeen(ApiStack api) {
    Answer made = api.post("/organizations", ann, WHOLE);
    String path = "/organizations/" + made.at("/id");
    String body = "{\"description\":null,\"default_license\":null,\"contact_email\":\"a@b.c\"}";
    assertRefused(api.call("PATCH", path, ann, body), 428, "PRECONDITION_REQUIRED");
    Answer changed = api.call("PATCH", path, ann, body, "If-Match", made.tag());
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.body().path("description").isNull()).isTrue();
    assertThat(changed.body().path("default_license").isNull()).isTrue();
    assertThat(changed.at("/contact_email")).isEqualTo("a@b.c");
    assertThat(changed.body().path("permits")).hasSize(1);
    Answer stale = api.call("PATCH", path, ann, "{\"name\":\"X\"}", "If-Match", made.tag());
    assertRefused(stale, 412, "STALE_VERSION");
    assertThat(stale.at("/details/current/contact_email")).isEqualTo("a@b.c");
    assertThat(stale.at("/details/changed_by")).isEqualTo(calls.id(ann));
    assertRefused(calls.changed("PATCH", path, ann, "{\"name\":null}"), 400, "VALIDATION_FAILED");
    assertThat(
            api.rows(
                """
                select before ->> 'description', after ->> 'contact_email' from audit_entry
                where action = 'organization.changed' and resource_id = '%s'
                """
                    .formatted(made.at("/id"))))
        .containsExactly("We look.|a@b.c");
    // Nothing changes, nothing is told.
    Answer same = calls.changed("PATCH", path, ann, "{\"contact_email\":\"a@b.c\"}");
    assertThat(same.tag()).isEqualTo(changed.tag());
    assertThat(calls.journal("organization.changed")).hasSize(1);
  }
}
