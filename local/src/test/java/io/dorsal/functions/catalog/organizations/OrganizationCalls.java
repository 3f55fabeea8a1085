package io.dorsal.functions.catalog.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.oidc.TokenRequest;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What tests of organizations ask of the API, in a tenant of their own. */
record OrganizationCalls(ApiStack api, String tenant) {

  /** An organization with all that it can have. */
  static final String WHOLE =
      """
      {"name":" Whale Institute ","description":"We look.","contact_email":"hello@w.example",
       "default_license":"PUBLIC_ATTRIBUTION","permits":[
         {"number":"26-1","issuer":"Ministry","valid_from":"2026-01-01","valid_to":"2026-12-31"}]}
      """;

  static OrganizationCalls of(ApiStack api) {
    String tenant = ApiStack.tenant();
    api.token(tenant, "TENANT_ADMIN");
    return new OrganizationCalls(api, tenant);
  }

  /** The token of the tenant's administrator. */
  String admin() {
    return api.token(tenant, "TENANT_ADMIN");
  }

  /** The token of a user without any role in the tenant. */
  String token(String name) {
    return api.stack().tokens().mint(TokenRequest.user(tenant, name + "@" + tenant));
  }

  String address(String name) {
    return name + "@" + tenant + ".example";
  }

  /** The user's id; makes the user. */
  String id(String token) {
    return api.get("/me", token).at("/id");
  }

  UUID tenantId() {
    return TokenRequest.tenantId(tenant);
  }

  /** Makes an organization and returns its path. */
  String made(String token, String name) {
    Answer made = api.post("/organizations", token, "{\"name\":\"%s\"}".formatted(name));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return "/organizations/" + made.at("/id");
  }

  /** The path of Public. */
  String system() {
    return "/organizations/"
        + api.rows(
                "select id from organization where tenant_id = '%s' and name = 'Public'"
                    .formatted(tenantId()))
            .getFirst();
  }

  /** With the version that the reader of the path sees. */
  Answer changed(String method, String path, String token, @Nullable String body) {
    return api.call(method, path, token, body, "If-Match", api.get(path, token).tag());
  }

  /** Adds a user to an organization by id. */
  Answer add(String organization, String token, String user, String role) {
    return api.post(
        organization + "/members",
        token,
        "{\"user_id\":\"%s\",\"role\":\"%s\"}".formatted(user, role));
  }

  /** Actions of audit entries and names of events of the tenant that begin with this. */
  List<String> journal(String prefix) {
    return api.rows(
        """
        select a.action || ' ' || coalesce(e.to_state, '-') from audit_entry a
          left join event e on e.tenant_id = a.tenant_id and e.name = a.action
            and e.subject_id = a.resource_id and e.at = a.at
        where a.tenant_id = '%s' and a.action like '%s%%' order by a.event_id
        """
            .formatted(tenantId(), prefix));
  }

  /** The names of a page's items. */
  static List<String> names(Answer page) {
    return StreamSupport.stream(page.body().path("items").spliterator(), false)
        .map(each -> each.path("name").asString())
        .toList();
  }

  static void assertRefused(Answer answer, int status, String code) {
    assertThat(answer.at("/code")).as(answer.text()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
  }
}
