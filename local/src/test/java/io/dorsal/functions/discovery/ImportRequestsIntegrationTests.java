package io.dorsal.functions.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.models.SubQueue;
import io.dorsal.functions.ApiStack;
import io.dorsal.local.oidc.TokenRequest;
import io.dorsal.work.Queues;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests of other systems by message. */
@ExtendWith(ApiStack.Started.class)
class ImportRequestsIntegrationTests {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void anEventStartsItsScanOnce(ApiStack api) {
    String tenant = ApiStack.tenant();
    String admin = api.token(tenant, "TENANT_ADMIN");
    String source = api.source(admin, api.archive(20));
    String id = UUID.randomUUID().toString();
    String event = event(id, tenant, source, ",\"mode\":\"FULL\",\"include\":[\"**/*.JPG\"]");

    send(api, event, UUID.randomUUID().toString());
    String scan =
        api.await("the scan begins", () -> emptyToNull(api.get("/scans", admin).at("/items/0/id")));
    ApiStack.Answer done = api.awaitScan(admin, scan, "COMPLETED");
    String again = UUID.randomUUID().toString();
    send(api, event, again);
    awaitTaken(api, again);

    assertThat(done.at("/requested_by")).isEqualTo("import://upload.example/cron");
    assertThat(done.at("/mode")).isEqualTo("FULL");
    assertThat(api.get("/scans", admin).body().path("items")).hasSize(1);
    assertThat(api.rows("select trace_parent from scan where id = '" + scan + "'"))
        .singleElement()
        .asString()
        .contains(TRACE);
  }

  @Test
  void whatIsRefusedGoesToTheDeadLettersAndItsReasonIsKept(ApiStack api) {
    String tenant = ApiStack.tenant();
    String nowhere = UUID.randomUUID().toString();
    String malformed = UUID.randomUUID().toString();
    String invalid = UUID.randomUUID().toString();
    String unknown = UUID.randomUUID().toString();

    send(api, "this is no JSON", malformed);
    send(api, event("1", tenant, nowhere, ",\"Mode\":\"FULL\""), invalid);
    send(api, event("2", tenant, nowhere, ""), unknown);

    for (String message : List.of(malformed, invalid, unknown)) {
      api.await("dead letter " + message, () -> dead(api, message).orElse(null));
    }
    assertThat(refused(api, malformed)).isEqualTo("null|MALFORMED_REQUEST");
    assertThat(refused(api, invalid)).isEqualTo("null|VALIDATION_FAILED");
    assertThat(refused(api, unknown))
        .isEqualTo(TokenRequest.of(tenant, "VIEWER").tenantId() + "|NOT_FOUND");
    assertThat(
            api.rows(
                "select fix <> '' and detail <> '' and trace_id = '"
                    + TRACE
                    + "' from refused_message where message_id = '"
                    + unknown
                    + "'"))
        .containsExactly("t");
  }

  @Test
  void aSecondScanOfABusySourceIsRefusedWithTheFirstOnesId(ApiStack api) {
    String tenant = ApiStack.tenant();
    String admin = api.token(tenant, "TENANT_ADMIN");
    String source = api.source(admin, api.archive(5));
    // The only worker is frozen, so the source stays busy.
    api.stack().stop("worker-1");
    try {
      String scan = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}").at("/id");
      String message = UUID.randomUUID().toString();
      send(api, event("3", tenant, source, ""), message);
      api.await("dead letter", () -> dead(api, message).orElse(null));
      assertThat(
              api.rows(
                  "select code, detail from refused_message where message_id = '" + message + "'"))
          .containsExactly("SCAN_ALREADY_RUNNING|The source is being scanned by " + scan + ".");
    } finally {
      api.stack().cont("worker-1");
    }
  }

  /** 40-37: other systems' messages start nothing while their tenant is kept out, nor are lost. */
  @Test
  void whatASuspendedTenantAsksForWaitsUntilItIsSentAgain(ApiStack api) {
    String tenant = ApiStack.tenant();
    String admin = api.token(tenant, "TENANT_ADMIN");
    String operator = api.token("operators", "OPERATOR");
    String source = api.source(admin, api.archive(5));
    String state = "/operator/tenants/" + TokenRequest.tenantId(tenant);
    String message = UUID.randomUUID().toString();
    api.post(state + "/suspend", operator, "{\"reason\":\"unpaid\"}");

    send(api, event("4", tenant, source, ""), message);
    var dead = api.await("dead letter", () -> dead(api, message).orElse(null));
    assertThat(refused(api, message))
        .isEqualTo(TokenRequest.tenantId(tenant) + "|AUTHZ_TENANT_SUSPENDED");
    assertThat(api.rows("select 1 from scan where source_id = '" + source + "'")).isEmpty();

    api.post(state + "/resume", operator, "{\"reason\":\"paid\"}");
    String letter =
        "/admin/dead-letters/" + Queues.IMPORT_REQUESTS + "/" + dead.getSequenceNumber();
    assertThat(api.post(letter + "/resend", operator, null).status()).isEqualTo(204);
    api.await("the scan begins", () -> emptyToNull(api.get("/scans", admin).at("/items/0/id")));
  }

  private static String event(String id, String tenant, String source, String more) {
    return """
    {"specversion":"1.0","id":"%s","source":"//upload.example/cron","type":"dorsal.scan.requested",
     "traceparent":"00-%s-00f067aa0ba902b7-01",
     "data":{"tenant_id":"%s","source_id":"%s"%s}}
    """
        .formatted(id, TRACE, TokenRequest.of(tenant, "VIEWER").tenantId(), source, more);
  }

  private static void send(ApiStack api, String body, String messageId) {
    try (var sender = client(api).sender().queueName(Queues.IMPORT_REQUESTS).buildClient()) {
      var message = new ServiceBusMessage(body).setMessageId(messageId);
      message.getApplicationProperties().put("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
      sender.sendMessage(message);
    }
  }

  private static void awaitTaken(ApiStack api, String messageId) {
    api.await(
        "message " + messageId + " is taken",
        () -> waiting(api, SubQueue.NONE, messageId).isEmpty() ? true : null);
    assertThat(dead(api, messageId)).isEmpty();
  }

  private static Optional<ServiceBusReceivedMessage> dead(ApiStack api, String messageId) {
    return waiting(api, SubQueue.DEAD_LETTER_QUEUE, messageId);
  }

  private static Optional<ServiceBusReceivedMessage> waiting(
      ApiStack api, SubQueue part, String messageId) {
    try (var receiver =
        client(api).receiver().queueName(Queues.IMPORT_REQUESTS).subQueue(part).buildClient()) {
      return receiver.peekMessages(100).stream()
          .filter(message -> message.getMessageId().equals(messageId))
          .findFirst();
    }
  }

  private static ServiceBusClientBuilder client(ApiStack api) {
    return new ServiceBusClientBuilder().connectionString(api.stack().serviceBusConnectionString());
  }

  private static String refused(ApiStack api, String messageId) {
    return String.join(
        ",",
        api.rows(
            "select tenant_id, code from refused_message where message_id = '" + messageId + "'"));
  }

  private static @org.jspecify.annotations.Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
