package io.dorsal.work;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.models.SubQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Looks at messages without taking them: no lock, no delivery is used up. A silent Service Bus is
 * given up on after a few seconds. Thread-safe.
 */
@Component
class QueueLooks implements DisposableBean {

  private static final int STEP = 250;

  /** Never asked again, and never waiting for long: who looks wants to know now. */
  private static final AmqpRetryOptions IMPATIENT =
      new AmqpRetryOptions().setTryTimeout(Duration.ofSeconds(2)).setMaxRetries(0);

  private final WorkSettings settings;
  private final Map<String, ServiceBusReceiverClient> queues = new ConcurrentHashMap<>();
  private final Map<String, ServiceBusReceiverClient> dead = new ConcurrentHashMap<>();

  QueueLooks(WorkSettings settings) {
    this.settings = settings;
  }

  /** Messages waiting, scheduled or at work, oldest first, so many at most. */
  List<ServiceBusReceivedMessage> waiting(String queue, int most) {
    return look(queues.computeIfAbsent(queue, name -> open(name, SubQueue.NONE)), most);
  }

  /** Messages given up, oldest first, so many at most. */
  List<ServiceBusReceivedMessage> deadLetters(String queue, int most) {
    return look(dead.computeIfAbsent(queue, name -> open(name, SubQueue.DEAD_LETTER_QUEUE)), most);
  }

  private static List<ServiceBusReceivedMessage> look(ServiceBusReceiverClient queue, int most) {
    List<ServiceBusReceivedMessage> seen = new ArrayList<>();
    long from = 0;
    while (seen.size() < most) {
      int wanted = Math.min(STEP, most - seen.size());
      List<ServiceBusReceivedMessage> page = queue.peekMessages(wanted, from).stream().toList();
      if (page.isEmpty()) {
        break;
      }
      seen.addAll(page);
      from = page.getLast().getSequenceNumber() + 1;
    }
    return seen;
  }

  private ServiceBusReceiverClient open(String queue, SubQueue which) {
    return new ServiceBusClientBuilder()
        .connectionString(settings.servicebus().requiredConnection())
        .retryOptions(IMPATIENT)
        .receiver()
        .queueName(queue)
        .subQueue(which)
        .disableAutoComplete()
        .buildClient();
  }

  @Override
  public void destroy() {
    queues.values().forEach(ServiceBusReceiverClient::close);
    dead.values().forEach(ServiceBusReceiverClient::close);
  }
}
