package io.dorsal.local.host;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a queue function is told about its message, under the names of the real extension. */
final class QueueMessages {

  private QueueMessages() {}

  static Invocation invocation(ServiceBusReceivedMessage message) {
    Map<String, Object> properties = message.getApplicationProperties();
    Object trace = properties.getOrDefault("traceparent", properties.get("Diagnostic-Id"));
    return Invocation.of(
        new Invocation.Payload.Message(new Body(message.getBody().toBytes())),
        metadata(message),
        trace instanceof String text ? text : null);
  }

  private static Map<String, @Nullable Object> metadata(ServiceBusReceivedMessage message) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("MessageId", message.getMessageId());
    // AMQP counts the deliveries before this one; the extension counts this one too.
    metadata.put("DeliveryCount", message.getDeliveryCount() + 1);
    metadata.put("LockToken", message.getLockToken());
    metadata.put("SequenceNumber", message.getSequenceNumber());
    metadata.put("CorrelationId", message.getCorrelationId());
    metadata.put("ContentType", message.getContentType());
    metadata.put("Subject", message.getSubject());
    metadata.put("Label", message.getSubject());
    metadata.put("To", message.getTo());
    metadata.put("ReplyTo", message.getReplyTo());
    metadata.put("SessionId", message.getSessionId());
    metadata.put("PartitionKey", message.getPartitionKey());
    metadata.put("DeadLetterSource", message.getDeadLetterSource());
    metadata.put("EnqueuedTimeUtc", text(message.getEnqueuedTime()));
    metadata.put("EnqueuedTime", text(message.getEnqueuedTime()));
    metadata.put("ExpiresAtUtc", text(message.getExpiresAt()));
    metadata.put("ExpiresAt", text(message.getExpiresAt()));
    metadata.put("ApplicationProperties", message.getApplicationProperties());
    metadata.put("UserProperties", message.getApplicationProperties());
    return metadata;
  }

  private static @Nullable String text(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toString();
  }
}
