package io.dorsal.functions.catalog.organizations;

import static io.dorsal.functions.catalog.organizations.OrganizationCalls.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.oidc.TokenRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whom an address names that is to be a member. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class OrganizationAddressesIntegrationTests {

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

  private Answer addByAddress(ApiStack api, String address) {
    return api.post(path + "/members", ann, "{\"email\":\"" + address + "\"}");
  }

  @Test
  void usersAreFoundByTheAddressTheirProviderVouchesFor(ApiStack api) {
    String known = calls.id(bob);
    Answer added = addByAddress(api, calls.address("bob").toUpperCase(java.util.Locale.ROOT));
    assertThat(added.at("/user_id")).as(added.text()).isEqualTo(known);
    // Whoever only says to have an address is not let in by it.
    String claimed = calls.address("claimed");
    String liar =
        api.stack()
            .tokens()
            .mint(
                TokenRequest.user(calls.tenant(), "liar@" + calls.tenant())
                    .with("email", claimed)
                    .with("email_verified", false));
    String liarId = calls.id(liar);
    Answer other = addByAddress(api, claimed);
    assertThat(other.status()).as(other.text()).isEqualTo(201);
    assertThat(other.at("/user_id")).isNotEqualTo(liarId);
    assertThat(other.at("/status")).isEqualTo("PENDING");
  }

  @Test
  void whoIsDeletedOrNotTheOnlyOneIsNotAdded(ApiStack api) {
    String admin = calls.admin();
    String gone = calls.id(calls.token("gone"));
    api.post("/admin/users/" + gone + "/deactivate", admin, "{}");
    calls.changed("DELETE", "/admin/users/" + gone, admin, null);
    assertRefused(calls.add(path, ann, gone, "MEMBER"), 404, "NOT_FOUND");
    // By the address somebody else is meant.
    assertThat(addByAddress(api, calls.address("gone")).at("/status")).isEqualTo("PENDING");

    calls.id(bob);
    String twin =
        api.stack()
            .tokens()
            .mint(
                TokenRequest.user(calls.tenant(), "twin@" + calls.tenant())
                    .with("email", calls.address("bob")));
    String twinId = calls.id(twin);
    assertRefused(addByAddress(api, calls.address("bob")), 409, "STATE_CONFLICT");
    assertThat(calls.add(path, ann, twinId, "MEMBER").status()).isEqualTo(201);
  }

  @Test
  void unknownAddressIsInvitedAndTakenUpAtTheFirstSignIn(ApiStack api) {
    Answer added = addByAddress(api, calls.address("dora"));
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    assertThat(added.at("/status")).isEqualTo("PENDING");
    assertThat(addByAddress(api, calls.address("dora")).at("/code")).isEqualTo("STATE_CONFLICT");
    assertThat(calls.journal("user.invited")).hasSize(1);
    Answer me = api.get("/me", calls.token("dora"));
    assertThat(me.at("/id")).isEqualTo(added.at("/user_id"));
    assertThat(me.at("/organizations/0/role")).isEqualTo("MEMBER");
    assertRefused(addByAddress(api, "no address"), 400, "VALIDATION_FAILED");
    assertRefused(api.post(path + "/members", ann, "{}"), 400, "VALIDATION_FAILED");
    assertRefused(
        api.post(
            path + "/members",
            ann,
            "{\"email\":\"a@b.c\",\"user_id\":\"%s\"}".formatted(calls.id(bob))),
        400,
        "VALIDATION_FAILED");
  }

  @Test
  void nobodyIsInvitedPastTheTenantsRules(ApiStack api) {
    Answer settled =
        calls.changed(
            "PATCH",
            "/admin/tenant",
            calls.admin(),
            "{\"settings\":{\"allowed_email_domains\":[\"ours.example\"]}}");
    assertThat(settled.status()).as(settled.text()).isEqualTo(200);
    Answer refused = addByAddress(api, "x@theirs.example");
    assertRefused(refused, 403, "PERMISSION_DENIED");
    assertThat(refused.at("/details/required_role")).isEqualTo("TENANT_ADMIN");
    assertThat(addByAddress(api, "x@ours.example").status()).isEqualTo(201);
    // Whom a tenant's administrator has invited is known.
    api.post("/admin/users", calls.admin(), "{\"email\":\"y@theirs.example\"}");
    assertThat(addByAddress(api, "y@theirs.example").status()).isEqualTo(201);
  }
}
