package io.dorsal.functions.access;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;
import io.dorsal.accounts.IdentityEvents;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Headers;
import io.dorsal.functions.http.Json;
import io.dorsal.functions.http.Members;
import io.dorsal.functions.http.Reply;
import io.dorsal.operations.MessageDelivery;
import io.dorsal.operations.Metrics;
import io.dorsal.problem.ErrorCode;
import io.dorsal.work.Queues;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What identity providers tell. Thread-safe. */
@Component
public class IdentityWebhookFunctions {

  private final Endpoint endpoint;
  private final IdentityEvents events;
  private final Metrics metrics;

  IdentityWebhookFunctions(Endpoint endpoint, IdentityEvents events, Metrics metrics) {
    this.metrics = metrics;
    this.endpoint = endpoint;
    this.events = events;
  }

  /** What a message on the queue says. */
  record Stored(@Nullable UUID tenantId, @Nullable String issuerKey, @Nullable String eventId) {}

  /** 204 once the event is stored, also where it was before. */
  @Described(
      status = 204,
      problems = {
        ErrorCode.WEBHOOK_SIGNATURE_INVALID,
        ErrorCode.PAYLOAD_TOO_LARGE,
        ErrorCode.MALFORMED_REQUEST,
        ErrorCode.VALIDATION_FAILED
      })
  @FunctionName("IdentityTold")
  public HttpResponseMessage receive(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              dataType = "binary",
              route = "webhooks/identity/{issuerKey}")
          HttpRequestMessage<Optional<byte[]>> request,
      @BindingName("issuerKey") String issuerKey) {
    return endpoint.answerUnsigned(
        request,
        "webhooks/identity/{issuerKey}",
        () -> {
          events.receive(
              issuerKey,
              Headers.of(request, "X-Identity-Event-Id").orElse(null),
              Headers.of(request, "X-Identity-Signature").orElse(null),
              request.getBody().orElse(new byte[0]));
          return Reply.nothing();
        });
  }

  /** Applies one stored event; comes again when this throws. */
  @FunctionName("ApplyIdentityEvent")
  public void apply(
      @ServiceBusQueueTrigger(
              name = "message",
              queueName = Queues.IDENTITY_EVENTS,
              connection = "DORSAL_SERVICEBUS_CONNECTION")
          String message,
      @BindingName("MessageId") @Nullable String messageId,
      @BindingName("SequenceNumber") long sequenceNumber,
      @BindingName("DeliveryCount") int deliveryCount,
      @BindingName("ApplicationProperties") @Nullable String properties) {
    MessageDelivery.of(Queues.IDENTITY_EVENTS, messageId, sequenceNumber, deliveryCount, properties)
        .work(
            metrics,
            whose -> {
              Stored stored = Members.bind(Json.parse(message), Stored.class, "", true);
              UUID tenant = Objects.requireNonNull(stored.tenantId());
              whose.accept(tenant);
              events.apply(
                  tenant,
                  Objects.requireNonNull(stored.issuerKey()),
                  Objects.requireNonNull(stored.eventId()));
            });
  }
}
