package io.dorsal.work;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusMessageBatch;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * One Service Bus sender per queue, opened at its first message, over one connection. Thread-safe.
 */
@Component
class QueueSenders implements DisposableBean {

  private final Supplier<ServiceBusClientBuilder> bus;
  private final Map<String, ServiceBusSenderClient> senders = new ConcurrentHashMap<>();

  QueueSenders(WorkSettings settings) {
    this.bus =
        SingletonSupplier.of(
            () ->
                new ServiceBusClientBuilder()
                    .connectionString(settings.servicebus().requiredConnection())
                    .retryOptions(
                        new AmqpRetryOptions()
                            .setTryTimeout(Duration.ofSeconds(10))
                            .setMaxRetries(2)));
  }

  /** Sends all rows, or throws; a part may then have been sent. */
  void send(String queue, List<OutboxPoster.Row> rows) {
    ServiceBusSenderClient sender = senders.computeIfAbsent(queue, this::open);
    ServiceBusMessageBatch batch = sender.createMessageBatch();
    for (OutboxPoster.Row row : rows) {
      ServiceBusMessage message = messageOf(row);
      if (!batch.tryAddMessage(message)) {
        sender.sendMessages(batch);
        batch = sender.createMessageBatch();
        batch.tryAddMessage(message);
      }
    }
    sender.sendMessages(batch);
  }

  private static ServiceBusMessage messageOf(OutboxPoster.Row row) {
    var message = new ServiceBusMessage(row.body());
    message.setMessageId(row.messageId());
    message.setContentType("application/json");
    message.setCorrelationId(row.traceParent().substring(3, 35));
    Map<String, Object> properties = message.getApplicationProperties();
    properties.put("traceparent", row.traceParent());
    properties.put("tenant_id", row.tenantId().toString());
    if (row.requestId() != null) {
      properties.put("request_id", row.requestId());
    }
    return message;
  }

  private ServiceBusSenderClient open(String queue) {
    return bus.get().sender().queueName(queue).buildClient();
  }

  @Override
  public void destroy() {
    senders.values().forEach(ServiceBusSenderClient::close);
  }
}
