package io.dorsal.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 40-20: two people edit one record, and the second is shown what the first one saved. */
@ExtendWith(ApiStack.Started.class)
class StaleVersionsIntegrationTests {

  @Test
  void whoeverIsOvertakenSeesTheRecordAsItIs(ApiStack api) {
    String tenant = ApiStack.tenant();
    String first = api.token(tenant, "TENANT_ADMIN");
    String second = api.token(tenant, "TENANT_ADMIN");
    var archive = api.archive(3);
    String source = api.source(first, archive);
    String connection = api.get("/sources/" + source, first).at("/connection_id");
    String headers = "\"required_headers\":[\"a\"]}";
    String format = api.post("/spreadsheet-formats", first, "{\"name\":\"F\"," + headers).at("/id");

    overtaken(api, first, second, "PATCH", "/connections/" + connection, "", "{\"name\":\"%s\"}");
    overtaken(api, first, second, "PATCH", "/sources/" + source, "", "{\"name\":\"%s\"}");
    overtaken(
        api,
        first,
        second,
        "PUT",
        "/spreadsheet-formats/" + format,
        "",
        "{\"name\":\"%s\"," + headers);
    overtaken(
        api, first, second, "PUT", "/connections/" + connection, "/secret", "{\"secret\":\"%s\"}");
  }

  private static void overtaken(
      ApiStack api,
      String first,
      String second,
      String method,
      String path,
      String below,
      String body) {
    Answer seen = api.get(path, second);
    String tag = Objects.requireNonNull(seen.headers().get("ETag"));
    assertThat(tag).matches("\"v[0-9]+\"");
    String rename = body.contains("secret") ? "{\"name\":\"Again\"}" : body.formatted("Theirs");
    Answer saved =
        api.call(body.contains("secret") ? "PATCH" : method, path, first, rename, "If-Match", tag);
    assertThat(saved.status()).as(saved.text()).isEqualTo(200);

    for (Answer stale :
        new Answer[] {
          api.call(method, path + below, second, body.formatted("Mine"), "If-Match", tag),
          api.call("DELETE", path, second, null, "If-Match", tag)
        }) {
      assertThat(stale.status()).as(stale.text()).isEqualTo(412);
      assertThat(stale.at("/code")).isEqualTo("STALE_VERSION");
      assertThat(stale.at("/fix")).isNotBlank();
      assertThat(stale.at("/trace_id")).isNotBlank();
      assertThat(stale.at("/request_id")).isNotBlank();
      assertThat(stale.body().at("/details").propertyNames())
          .containsExactly(
              "current_version", "changed_by", "changed_at", "changed_fields", "current");
      Answer now = api.get(path, second);
      assertThat(now.headers())
          .containsEntry("ETag", "\"v" + stale.at("/details/current_version") + "\"");
      assertThat(stale.body().at("/details/current")).isEqualTo(now.body());
      assertThat(stale.at("/details/changed_by")).isNotBlank();
      assertThat(Instant.parse(stale.at("/details/changed_at")))
          .isAfter(Instant.now().minus(Duration.ofMinutes(10)));
    }
    // Nothing of the second one was saved.
    assertThat(api.get(path, first).body()).isEqualTo(saved.body());
  }
}
