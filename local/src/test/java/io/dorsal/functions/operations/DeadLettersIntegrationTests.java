package io.dorsal.functions.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Issue 4: what was given up can be seen, sent again and dropped, by who it belongs to. */
@ExtendWith(ApiStack.Started.class)
class DeadLettersIntegrationTests {

  private static final String QUEUE = "import-requests";

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

  private static void send(ApiStack api, String tenantId, String messageId) {
    String body =
        """
        {"specversion":"1.0","id":"%s","source":"test","type":"dorsal.scan.requested",
         "data":{"tenant_id":"%s","source_id":"%s","prefix":"x?sig=PLANTED"}}
        """
            .formatted(messageId, tenantId, UUID.randomUUID());
    try (var sender =
        new ServiceBusClientBuilder()
            .connectionString(api.stack().serviceBusConnectionString())
            .sender()
            .queueName(QUEUE)
            .buildClient()) {
      var message = new ServiceBusMessage(body).setMessageId(messageId);
      message.setContentType("application/cloudevents+json");
      message
          .getApplicationProperties()
          .put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
      sender.sendMessage(message);
    }
  }

  private static JsonNode await(ApiStack api, String token, String messageId) {
    return api.await("dead letter " + messageId, () -> find(api, token, messageId));
  }

  private static @Nullable JsonNode find(ApiStack api, String token, String messageId) {
    for (JsonNode item :
        api.get("/admin/dead-letters?queue=" + QUEUE + "&limit=200", token).body().path("items")) {
      if (item.path("message_id").asString().equals(messageId)) {
        return item;
      }
    }
    return null;
  }
}
