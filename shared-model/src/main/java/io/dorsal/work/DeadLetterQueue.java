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
  private static final int STEP = 100;
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
          List<ServiceBusReceivedMessage> some =
              receiver.receiveMessages(STEP, WAIT).stream().toList();
          if (some.isEmpty()) {
            return false;
          }
          for (ServiceBusReceivedMessage message : some) {
            if (!String.valueOf(message.getSequenceNumber()).equals(id)) {
              others.add(message);
            }
          }
          for (ServiceBusReceivedMessage message : some) {
            if (!others.contains(message)) {
              return settle(receiver, message, work);
            }
          }
        }
        return false;
      } finally {
        others.forEach(receiver::abandon);
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
