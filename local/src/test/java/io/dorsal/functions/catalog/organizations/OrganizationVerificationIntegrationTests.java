package io.dorsal.functions.catalog.organizations;

import static io.dorsal.functions.catalog.organizations.OrganizationCalls.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a tenant's administrators decide of organizations, and who is told what. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class OrganizationVerificationIntegrationTests {

  private OrganizationCalls calls;
  private String ann;
  private String admin;
  private String path;

  @BeforeEach
  void organizationOfAnn(ApiStack api) {
    calls = OrganizationCalls.of(api);
    ann = calls.token("ann");
    admin = calls.admin();
    path = calls.made(ann, "Ours");
  }

  private Answer decide(String to) {
    return decide("{\"verification\":\"%s\"}".formatted(to), admin);
  }

  private Answer decide(String body, String token) {
    return calls.changed("POST", path + "/verification", token, body);
  }

  @Test
  void eachStateFollowsFromTheOneBefore(ApiStack api) {
    for (String to :
        List.of(
            "ACKNOWLEDGED",
            "REJECTED",
            "ACKNOWLEDGED",
            "VERIFIED",
            "REVOKED",
            "ACKNOWLEDGED",
            "VERIFIED")) {
      Answer decided = decide(to);
      assertThat(decided.at("/verification")).as(decided.text()).isEqualTo(to);
      assertThat(api.get(path, ann).at("/verification")).isEqualTo(to);
    }
    Answer refused = decide("REJECTED");
    assertRefused(refused, 409, "STATE_CONFLICT");
    assertThat(refused.at("/details/state")).isEqualTo("VERIFIED");
    assertThat(refused.at("/details/allowed/0")).isEqualTo("REVOKED");
    Answer all = api.get(path + "/verification", admin);
    assertThat(all.body().path("decisions")).hasSize(7);
    assertThat(all.at("/decisions/0/from")).isEqualTo("ACKNOWLEDGED");
    assertThat(all.at("/decisions/0/to")).isEqualTo("VERIFIED");
    assertThat(all.at("/decisions/6/from")).isEqualTo("UNVERIFIED");
    assertThat(all.at("/allowed/0")).isEqualTo("REVOKED");
    assertThat(calls.journal("organization."))
        .containsExactly(
            "organization.created UNVERIFIED",
            "organization.acknowledged ACKNOWLEDGED",
            "organization.rejected REJECTED",
            "organization.acknowledged ACKNOWLEDGED",
            "organization.verified VERIFIED",
            "organization.revoked REVOKED",
            "organization.acknowledged ACKNOWLEDGED",
            "organization.verified VERIFIED");
  }

  @Test
  void onlyATenantsAdministratorDecidesAndOnTheVersionSeen(ApiStack api) {
    String body = "{\"verification\":\"ACKNOWLEDGED\"}";
    String seen = api.get(path + "/verification", admin).tag();
    for (String token : List.of(ann, api.token(calls.tenant(), "AUDITOR"))) {
      assertRefused(api.get(path + "/verification", token), 403, "PERMISSION_DENIED");
      Answer refused = api.call("POST", path + "/verification", token, body, "If-Match", seen);
      assertRefused(refused, 403, "PERMISSION_DENIED");
      assertThat(refused.at("/details/required_role")).isEqualTo("TENANT_ADMIN");
    }
    assertRefused(
        api.call("POST", path + "/verification", admin, body), 428, "PRECONDITION_REQUIRED");
    calls.changed("PATCH", path, ann, "{\"name\":\"Renamed\"}");
    Answer stale = api.call("POST", path + "/verification", admin, body, "If-Match", seen);
    assertRefused(stale, 412, "STALE_VERSION");
    assertThat(stale.at("/details/current/name")).isEqualTo("Renamed");
    assertRefused(decide("SEEN"), 400, "VALIDATION_FAILED");
    String long2001 =
        "{\"verification\":\"ACKNOWLEDGED\",\"internal_note\":\"%s\"}".formatted("n".repeat(2_001));
    assertRefused(decide(long2001, admin), 400, "VALIDATION_FAILED");
  }

  @Test
  void internalNotesAreForTenantsAdministratorsAndTheOtherForTheOrganizations(ApiStack api) {
    String bob = calls.token("bob");
    String cora = calls.token("cora");
    calls.add(path, ann, calls.id(bob), "ADMINISTRATOR");
    calls.add(path, ann, calls.id(cora), "MEMBER");
    decide("ACKNOWLEDGED");
    String body =
        """
        {"verification":"VERIFIED","internal_note":"INTERNALWORDS","shareable_note":"SHAREDWORDS"}
        """;
    Answer decided = decide(body, admin);
    assertThat(decided.at("/decisions/0/internal_note")).isEqualTo("INTERNALWORDS");
    for (String token : List.of(ann, bob)) {
      Answer notices = api.get("/notices", token);
      // In the place of what was told before.
      assertThat(notices.body().path("items")).hasSize(1);
      assertThat(notices.at("/items/0/title")).isEqualTo("Ours is VERIFIED");
      assertThat(notices.at("/items/0/body")).isEqualTo("SHAREDWORDS");
    }
    for (String token : List.of(cora, admin)) {
      assertThat(api.get("/notices", token).text()).doesNotContain("SHAREDWORDS");
    }
    for (String token : List.of(ann, bob, cora)) {
      for (String read : List.of(path, path + "/settings", path + "/members", "/organizations")) {
        assertThat(api.get(read, token).text()).doesNotContain("INTERNALWORDS");
      }
      assertThat(api.get("/notices", token).text()).doesNotContain("INTERNALWORDS");
    }
    assertThat(api.get("/admin/audit?q=INTERNALWORDS", admin).body().path("items")).isEmpty();
    // Wherever it might be: one row of one table holds it.
    for (String table :
        api.rows(
            """
            select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
            where a.attname = 'tenant_id' and c.relkind = 'r'
              and c.relnamespace = 'dorsal'::regnamespace
            """)) {
      assertThat(
              api.rows(
                  "select count(*) from %s t where tenant_id = '%s' and t::text like '%%INTERNALW%%'"
                      .formatted(table, calls.tenantId())))
          .as(table)
          .containsExactly(table.equals("organization_verification") ? "1" : "0");
    }
  }
}
