package io.dorsal.functions.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.oidc.TokenRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant with its people and populations, as tests of the catalog need them. */
final class PopulationFixture {

  final ApiStack api;
  final String tenant = ApiStack.tenant();

  /** Of the tenant's administrator, who is in no population. */
  final String admin;

  PopulationFixture(ApiStack api) {
    this.api = api;
    this.admin = api.token(tenant, "TENANT_ADMIN");
  }

  /** Somebody of the tenant, whose address the provider vouches for. */
  String token(String name) {
    return api.stack().tokens().mint(TokenRequest.user(tenant, name + "@" + tenant));
  }

  String id(String token) {
    return api.get("/me", token).at("/id");
  }

  static String body(String name, String more) {
    return "{\"name\":\"%s\",\"species_scientific_name\":\"Orcinus orca\"%s}".formatted(name, more);
  }

  /** An active population that this person administers. */
  String active(String token, String name, String more) {
    Answer made = api.post("/populations", token, body(name, more));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    Answer approved = turn("/populations/" + made.at("/id"), admin, "approve", null);
    assertThat(approved.status()).as(approved.text()).isEqualTo(200);
    return made.at("/id");
  }

  /** A state action on the version there is. */
  Answer turn(String path, String token, String action, @Nullable String body) {
    return api.call("POST", path + "/" + action, token, body, "If-Match", tag(path, token));
  }

  Answer patch(String path, String token, String body) {
    return api.call("PATCH", path, token, body, "If-Match", tag(path, token));
  }

  Answer delete(String path, String token) {
    return api.call("DELETE", path, token, null, "If-Match", tag(path, token));
  }

  private String tag(String path, String token) {
    String tag = api.get(path, token).tag();
    return tag.isEmpty() ? "\"v0\"" : tag;
  }

  Answer join(String population, String token) {
    return api.post("/populations/" + population + "/join-requests", token, "{}");
  }

  /** Lets somebody in with a role, by a request and its approval. */
  String member(String population, String administrator, String name, String role) {
    String token = token(name);
    Answer asked = join(population, token);
    assertThat(asked.at("/relation")).as(asked.text()).isEqualTo("REQUEST_PENDING");
    String path = "/populations/" + population + "/join-requests/" + asked.at("/join_request_id");
    Answer approved =
        api.call(
            "POST",
            path + "/approve",
            administrator,
            "{\"role\":\"" + role + "\"}",
            "If-Match",
            "\"v0\"");
    assertThat(approved.at("/state")).as(approved.text()).isEqualTo("APPROVED");
    return token;
  }

  /** The role that {@code GET /me} shows; empty for none. */
  String role(String token, String population) {
    for (var each : api.get("/me", token).body().path("populations")) {
      if (each.path("population_id").asString("").equals(population)) {
        return each.path("role").asString("");
      }
    }
    return "";
  }

  List<String> noticeKinds(String token) {
    return api.get("/notices?limit=200", token)
        .body()
        .path("items")
        .valueStream()
        .map(each -> each.path("kind").asString(""))
        .toList();
  }

  UUID tenantId() {
    return TokenRequest.tenantId(tenant);
  }

  /** Names of events about the population, a person or a request in it. */
  List<String> audited(String population) {
    return api.rows(
        """
        select action from audit_entry
        where tenant_id = '%s' and (resource_id = '%s' or after->>'population_id' = '%s')
          and outcome = 'DONE' order by at, event_id
        """
            .formatted(tenantId(), population, population));
  }

  static void assertRefused(Answer answer, int status, String code) {
    assertThat(answer.at("/code")).as(answer.text()).isEqualTo(code);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
  }
}
