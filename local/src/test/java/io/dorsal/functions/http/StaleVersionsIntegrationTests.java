package io.dorsal.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.oidc.TokenRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** 40-20: two people edit one record, and the second is shown what the first one saved. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class StaleVersionsIntegrationTests {

  private static final String RENAMED = "{\"name\":\"%s\"}";
  private static final String FORMAT = "{\"name\":\"%s\",\"required_headers\":[\"a\"]}";

  private final String tenant = ApiStack.tenant();
  private String first;
  private String firstId;
  private String second;

  /** A change as it is sent. */
  private record Change(String method, String path, @Nullable String body) {
    static Change of(String method, String path, String body, String name) {
      return new Change(method, path, body.formatted(name));
    }

    Answer by(ApiStack api, String token, String tag) {
      return api.call(method, path, token, body, "If-Match", tag);
    }
  }

  @BeforeEach
  void twoAdministrators(ApiStack api) {
    first = api.token(tenant, "TENANT_ADMIN");
    firstId = id(api, first);
    second = api.stack().tokens().mint(TokenRequest.user(tenant, "second@" + tenant));
    String path = "/admin/users/" + id(api, second);
    String tag = api.get(path, first).tag();
    String role = "{\"roles\":[\"TENANT_ADMIN\"]}";
    assertThat(new Change("PUT", path + "/roles", role).by(api, first, tag).status())
        .isEqualTo(200);
    api.await("the role", () -> api.get("/admin/users", second).status() == 200 ? true : null);
    assertThat(id(api, second)).isNotEqualTo(firstId);
  }

  private static String id(ApiStack api, String token) {
    return api.get("/me", token).at("/id");
  }

  @Test
  void whoeverIsOvertakenSeesAConnectionSourceOrFormatAsItIs(ApiStack api) {
    String source = "/sources/" + api.source(first, api.archive(3));
    String connection = "/connections/" + api.get(source, first).at("/connection_id");
    String format = "/spreadsheet-formats/" + made(api, "/spreadsheet-formats", "F", FORMAT);

    overtaken(
        api,
        connection,
        List.of("name"),
        Change.of("PATCH", connection, RENAMED, "Theirs"),
        Change.of("PATCH", connection, RENAMED, "Mine"),
        new Change("PUT", connection + "/secret", "{\"secret\":\"Mine\"}"),
        new Change("DELETE", connection, null));
    overtaken(
        api,
        source,
        List.of("name"),
        Change.of("PATCH", source, RENAMED, "Theirs"),
        Change.of("PATCH", source, RENAMED, "Mine"),
        new Change("DELETE", source, null));
    overtaken(
        api,
        format,
        List.of("name"),
        Change.of("PUT", format, FORMAT, "Theirs"),
        Change.of("PUT", format, FORMAT, "Mine"),
        new Change("DELETE", format, null));
  }

  @Test
  void whoeverIsOvertakenSeesAPopulationOrOrganizationAsItIs(ApiStack api) {
    String wanted = "{\"name\":\"%s\",\"species_scientific_name\":\"Orcinus orca\"}";
    String population = "/populations/" + made(api, "/populations", "P", wanted);
    Answer approved = new Change("POST", population + "/approve", null).by(api, first, "\"v0\"");
    assertThat(approved.status()).as(approved.text()).isEqualTo(200);
    assertThat(api.post(population + "/add-myself", second, null).status()).isEqualTo(200);
    String organization = "/organizations/" + made(api, "/organizations", "O", RENAMED);
    String member = "{\"user_id\":\"%s\",\"role\":\"ADMINISTRATOR\"}".formatted(id(api, second));
    assertThat(api.post(organization + "/members", first, member).status()).isEqualTo(201);

    overtaken(
        api,
        population,
        List.of("name"),
        Change.of("PATCH", population, RENAMED, "Theirs"),
        Change.of("PATCH", population, RENAMED, "Mine"),
        new Change("POST", population + "/archive", null));
    overtaken(
        api,
        organization + "/settings",
        List.of("name"),
        Change.of("PATCH", organization, RENAMED, "Theirs"),
        Change.of("PATCH", organization, RENAMED, "Mine"));
  }

  @Test
  void whoeverIsOvertakenSeesTheTenantAUserAKeyOrAWebhookAsItIs(ApiStack api) {
    String zone = "{\"settings\":{\"default_time_zone\":\"%s\"}}";
    String named = "{\"display_name\":\"%s\"}";
    String user =
        "/admin/users/" + made(api, "/admin/users", "cora", "{\"email\":\"%s@x.example\"}");
    String key =
        "/api-keys/"
            + made(
                api, "/api-keys", "K", "{\"name\":\"%s\",\"kind\":\"SERVICE\",\"scopes\":[\"*\"]}");
    String webhook =
        "/admin/webhooks/"
            + made(
                api,
                "/admin/webhooks",
                "W",
                "{\"name\":\"%s\",\"url\":\"https://203.0.113.1/\",\"events\":[\"scan.finished\"]}");

    overtaken(
        api,
        "/admin/tenant",
        List.of("settings.default_time_zone"),
        Change.of("PATCH", "/admin/tenant", zone, "Africa/Nairobi"),
        Change.of("PATCH", "/admin/tenant", zone, "Europe/Berlin"));
    overtaken(
        api,
        user,
        List.of("display_name"),
        Change.of("PATCH", user, named, "Theirs"),
        Change.of("PATCH", user, named, "Mine"),
        new Change("PUT", user + "/roles", "{\"roles\":[\"AUDITOR\"]}"),
        new Change("DELETE", user, null));
    for (String path : List.of(key, webhook)) {
      overtaken(
          api,
          path,
          List.of("name"),
          Change.of("PATCH", path, RENAMED, "Theirs"),
          Change.of("PATCH", path, RENAMED, "Mine"));
    }
  }

  private String made(ApiStack api, String path, String name, String body) {
    Answer made = api.post(path, first, body.formatted(name));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.at("/id");
  }

  private static List<String> fields(Answer stale) {
    return stale
        .body()
        .at("/details/changed_fields")
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }

  /** What a check of the connection changed in between belongs to nobody's change. */
  @Test
  void changesThatNobodySavedAreToldOfWithoutTheirNames(ApiStack api) {
    String source = "/sources/" + api.source(first, api.archive(3));
    String connection = "/connections/" + api.get(source, first).at("/connection_id");
    String tag = api.get(connection, second).tag();
    Answer renamed = Change.of("PATCH", connection, RENAMED, "Theirs").by(api, first, tag);
    String id = connection.substring(connection.lastIndexOf('/') + 1);
    api.rows("update connection set version = version + 1 where id = '" + id + "'");

    Answer stale = Change.of("PATCH", connection, RENAMED, "Mine").by(api, second, tag);
    assertThat(stale.status()).as(stale.text()).isEqualTo(412);
    assertThat(fields(stale)).containsExactly("name");
    assertThat(stale.at("/details/unlisted_changes")).isEqualTo("true");
    Answer later = Change.of("PATCH", connection, RENAMED, "Mine").by(api, second, renamed.tag());
    assertThat(fields(later)).isEmpty();
    assertThat(later.at("/details/unlisted_changes")).isEqualTo("true");
  }

  /** One saves, then the other tries each of these with the version seen before. */
  private void overtaken(
      ApiStack api, String path, List<String> changed, Change theirs, Change... mine) {
    String tag = api.get(path, second).tag();
    assertThat(tag).as(path).matches("\"v[0-9]+\"");
    Answer saved = theirs.by(api, first, tag);
    assertThat(saved.status()).as(saved.text()).isEqualTo(200);

    for (Change each : mine) {
      Answer stale = each.by(api, second, tag);
      assertThat(stale.status()).as(stale.text()).isEqualTo(412);
      assertThat(stale.at("/code")).isEqualTo("STALE_VERSION");
      assertThat(stale.at("/fix")).isNotBlank();
      assertThat(stale.at("/trace_id")).isNotBlank();
      assertThat(stale.at("/request_id")).isNotBlank();
      assertThat(stale.body().at("/details").propertyNames())
          .containsExactlyInAnyOrder(
              "current_version",
              "changed_by",
              "changed_at",
              "changed_fields",
              "unlisted_changes",
              "current");
      assertThat(fields(stale)).as(path).containsExactlyElementsOf(changed);
      assertThat(stale.at("/details/unlisted_changes")).isEqualTo("false");
      Answer now = api.get(path, second);
      assertThat(now.tag()).isEqualTo("\"v" + stale.at("/details/current_version") + "\"");
      assertThat(stale.body().at("/details/current")).as(path).isEqualTo(now.body());
      assertThat(stale.at("/details/changed_by")).as(path).isEqualTo(firstId);
      assertThat(Instant.parse(stale.at("/details/changed_at")))
          .isAfter(Instant.now().minus(Duration.ofMinutes(10)));
    }
    // Nothing of the second one was saved.
    assertThat(api.get(path, first).body()).isEqualTo(saved.body());
  }
}
