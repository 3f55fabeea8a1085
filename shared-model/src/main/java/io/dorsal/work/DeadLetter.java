package io.dorsal.work;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import io.dorsal.operations.Redactor;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that was given up, without secrets.
 *
 * @param id names it within its queue: the sequence number
 * @param reason why it was given up, as Service Bus or a worker said it
 * @param code of the refusal where one was recorded for the message
 * @param fix what mends it; null without a code
 * @param traceId null where the message came without a trace
 * @param tenantId null where nobody knows whose it is
 * @param body null for who may not see a tenant's content
 */
public record DeadLetter(
    String queue,
    String id,
    String messageId,
    Instant enqueuedAt,
    int deliveries,
    @Nullable String reason,
    @Nullable String description,
    @Nullable String code,
    @Nullable String fix,
    @Nullable String traceId,
    @Nullable UUID tenantId,
    @Nullable String body) {

  private static final int LONGEST_BODY = 4_096;

  static DeadLetter of(String queue, ServiceBusReceivedMessage message, @Nullable Refusal refusal) {
    String body = message.getBody().toString();
    return new DeadLetter(
        queue,
        String.valueOf(message.getSequenceNumber()),
        String.valueOf(message.getMessageId()),
        message.getEnqueuedTime().toInstant(),
        Math.toIntExact(message.getDeliveryCount()),
        message.getDeadLetterReason(),
        clean(message.getDeadLetterErrorDescription()),
        refusal == null ? null : refusal.code(),
        refusal == null ? null : refusal.fix(),
        trace(message, refusal),
        tenant(message, refusal),
        clean(body.length() > LONGEST_BODY ? body.substring(0, LONGEST_BODY) : body));
  }

  private static @Nullable String clean(@Nullable String text) {
    return text == null ? null : Redactor.redact(text);
  }

  private static @Nullable String trace(
      ServiceBusReceivedMessage message, @Nullable Refusal refusal) {
    Object parent = message.getApplicationProperties().get("traceparent");
    if (parent instanceof String text && text.matches("[0-9a-f]{2}-[0-9a-f]{32}-.*")) {
      return text.substring(3, 35);
    }
    return refusal == null ? null : refusal.traceId();
  }

  private static @Nullable UUID tenant(
      ServiceBusReceivedMessage message, @Nullable Refusal refusal) {
    if (message.getApplicationProperties().get("tenant_id") instanceof String text) {
      try {
        return UUID.fromString(text);
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
    return refusal == null ? null : refusal.tenantId();
  }

  /** The same for who runs the platform and sees no tenant's content. */
  DeadLetter withoutContent() {
    return new DeadLetter(
        queue,
        id,
        messageId,
        enqueuedAt,
        deliveries,
        reason,
        null,
        code,
        fix,
        traceId,
        tenantId,
        null);
  }

  /** Why a message of another system was refused. */
  record Refusal(String code, String fix, String traceId, @Nullable UUID tenantId) {}
}
