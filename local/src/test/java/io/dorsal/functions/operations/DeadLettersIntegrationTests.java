package io.dorsal.functions.operations;

import static io.dorsal.functions.operations.DeadLettersForTests.QUEUE;
import static io.dorsal.functions.operations.DeadLettersForTests.await;
import static io.dorsal.functions.operations.DeadLettersForTests.find;
import static io.dorsal.functions.operations.DeadLettersForTests.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Issue 4: what was given up can be seen, sent again and dropped, by who it belongs to. */
@ExtendWith(ApiStack.Started.class)
class DeadLettersIntegrationTests {

  @Test
  void aMessageGivenUpIsSeenSentAgainAndDropped(ApiStack api) {
    String tenant = ApiStack.tenant();
    String admin = api.token(tenant, "TENANT_ADMIN");
    String tenantId = claim(admin);
    String messageId = "dead-" + UUID.randomUUID();
    // No such source: the function refuses it until the queue gives it up.
    send(api, tenantId, messageId);

    JsonNode letter = await(api, admin, messageId);
    assertThat(letter.path("queue").asString()).isEqualTo(QUEUE);
    assertThat(letter.path("tenant_id").asString()).isEqualTo(tenantId);
    assertThat(letter.path("code").asString()).isNotEmpty();
    assertThat(letter.path("fix").asString()).isNotEmpty();
    assertThat(letter.path("trace_id").asString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(letter.path("body").asString())
        .contains("dorsal.scan.requested")
        .doesNotContain("PLANTED");

    String path = "/admin/dead-letters/" + QUEUE + "/" + letter.path("id").asString();
    String other = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    assertThat(find(api, other, messageId)).isNull();
    assertThat(api.post(path + "/resend", other, null).status()).isEqualTo(404);
    assertThat(api.post(path + "/drop", other, null).status()).isEqualTo(404);
    String viewer = api.token(tenant, "VIEWER");
    assertThat(api.get("/admin/dead-letters", viewer).at("/code")).isEqualTo("PERMISSION_DENIED");

    assertThat(api.post(path + "/resend", admin, null).status()).isEqualTo(204);
    assertThat(find(api, admin, messageId)).isNull();
    assertThat(api.post(path + "/resend", admin, null).status()).isEqualTo(404);
    // Nothing has been mended, so it comes back under the id that tells where it comes from.
    String again = messageId + ".resent-" + letter.path("id").asString();
    JsonNode second = await(api, admin, again);

    Answer dropped =
        api.post(
            "/admin/dead-letters/" + QUEUE + "/" + second.path("id").asString() + "/drop",
            admin,
            null);
    assertThat(dropped.status()).isEqualTo(204);
    assertThat(find(api, admin, again)).isNull();
    assertThat(
            api.rows(
                "select action from audit_entry where tenant_id = '"
                    + tenantId
                    + "' and resource_type = 'dead_letter' order by at"))
        .containsExactly("dead_letter.resent", "dead_letter.dropped");
  }

  @Test
  void anUnknownQueueIsNotFound(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    assertThat(api.get("/admin/dead-letters?queue=nothing", admin).status()).isEqualTo(404);
    assertThat(api.post("/admin/dead-letters/nothing/1/drop", admin, null).status()).isEqualTo(404);
  }

  /** The tenant of a token, from its payload. */
  private static String claim(String token) {
    byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return JsonMapper.shared().readTree(payload).path("tenant_id").asString();
  }
}
