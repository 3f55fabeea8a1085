package io.dorsal.functions.operations;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import io.dorsal.functions.ApiStack;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A message that a queue gives up, and where it is seen then. */
public final class DeadLettersForTests {

  public static final String QUEUE = "import-requests";

  private DeadLettersForTests() {}

  /** Sends what no source fits; the function refuses it until the queue gives it up. */
  public static void send(ApiStack api, String tenantId, String messageId) {
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

  /** The dead letter, once it is one. */
  public static JsonNode await(ApiStack api, String token, String messageId) {
    return api.await("dead letter " + messageId, () -> find(api, token, messageId));
  }

  static @Nullable JsonNode find(ApiStack api, String token, String messageId) {
    for (JsonNode item :
        api.get("/admin/dead-letters?queue=" + QUEUE + "&limit=200", token).body().path("items")) {
      if (item.path("message_id").asString().equals(messageId)) {
        return item;
      }
    }
    return null;
  }
}
