package io.dorsal.work;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.models.SubQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * Takes single messages out of dead-letter queues. Service Bus gives them out in order only, so
 * those before the wanted one are held for the moment and then given back. Thread-safe.
 */
@Component
class DeadLetterQueue {

  private static final Duration WAIT = Duration.ofSeconds(2);
  private static final Duration LAST_LOOK = Duration.ofMillis(500);
  private static final int MOST = 1_000;

  private final WorkSettings settings;

  DeadLetterQueue(WorkSettings settings) {
    this.settings = settings;
  }

  /**
   * Hands the message to {@code work} and removes it where that returns true.
   *
   * @param id the sequence number as text
   * @return false where the message is not there, or {@code work} said so
   */
  boolean take(String queue, String id, Predicate<ServiceBusReceivedMessage> work) {
    try (ServiceBusReceiverClient receiver = open(queue)) {
      List<ServiceBusReceivedMessage> others = new ArrayList<>();
      try {
        while (others.size() < MOST) {
          // One at a time: credit that is left takes up what is given back, and closes over it.
          var next = receiver.receiveMessages(1, WAIT).stream().findFirst();
          if (next.isEmpty()) {
            return false;
          }
          ServiceBusReceivedMessage message = next.get();
          if (String.valueOf(message.getSequenceNumber()).equals(id)) {
            return settle(receiver, message, work);
          }
          others.add(message);
        }
        return false;
      } finally {
        others.forEach(receiver::abandon);
        receiver.receiveMessages(1, LAST_LOOK).forEach(receiver::abandon);
      }
    }
  }

  private static boolean settle(
      ServiceBusReceiverClient receiver,
      ServiceBusReceivedMessage message,
      Predicate<ServiceBusReceivedMessage> work) {
    boolean done = false;
    try {
      done = work.test(message);
    } finally {
      if (done) {
        receiver.complete(message);
      } else {
        receiver.abandon(message);
      }
    }
    return done;
  }

  void send(String queue, ServiceBusMessage message) {
    try (ServiceBusSenderClient sender =
        new ServiceBusClientBuilder()
            .connectionString(settings.servicebus().requiredConnection())
            .sender()
            .queueName(queue)
            .buildClient()) {
      sender.sendMessage(message);
    }
  }

  private ServiceBusReceiverClient open(String queue) {
    return new ServiceBusClientBuilder()
        .connectionString(settings.servicebus().requiredConnection())
        .receiver()
        .queueName(queue)
        .subQueue(SubQueue.DEAD_LETTER_QUEUE)
        .disableAutoComplete()
        .buildClient();
  }
}
